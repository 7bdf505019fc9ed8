-- People in groups; a group may hold others, one level deep: who is in the inner one is in the outer one too.
create table user_group (
    id         uuid primary key,
    name       text        not null,
    created_at timestamptz not null default now()
);
create unique index user_group_name on user_group (lower(name));

create table user_group_member (
    group_id uuid not null references user_group (id) on delete cascade,
    user_id  uuid not null references app_user (id) on delete cascade,
    primary key (group_id, user_id)
);
create index user_group_member_of on user_group_member (user_id);

create table user_group_nested (
    outer_id uuid not null references user_group (id) on delete cascade,
    inner_id uuid not null references user_group (id) on delete cascade,
    primary key (outer_id, inner_id),
    check (outer_id <> inner_id)
);
create index user_group_nested_in on user_group_nested (inner_id);
