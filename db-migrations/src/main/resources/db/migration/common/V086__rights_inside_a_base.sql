-- Folders and documents with rights of their own. What has none has those of the nearest folder above that has some,
-- or those of its base. acl_id says which they are for each document: kept up whenever something moves, so that a
-- search asks no more than whether it is one of the few that its reader may read.
create table acl (
    id                bigint generated always as identity primary key,
    knowledge_base_id uuid    not null references knowledge_base (id) on delete cascade,
    -- of the nearest folder above; null where that is the base itself
    parent_id         bigint references acl (id),
    -- whether its own grants alone count; otherwise they come on top of those above
    closed            boolean not null
);
create index acl_in_base on acl (knowledge_base_id);

create table acl_grant (
    id         uuid        not null default gen_random_uuid() primary key,
    acl_id     bigint      not null references acl (id) on delete cascade,
    user_id    uuid references app_user (id) on delete cascade,
    group_id   uuid references user_group (id) on delete cascade,
    role       text        not null check (role in ('reader', 'editor')),
    granted_by text        not null,
    granted_at timestamptz not null default now(),
    check (num_nonnulls(user_id, group_id) <= 1)
);
create unique index acl_grant_to on acl_grant (acl_id, user_id, group_id) nulls not distinct;

alter table folder add column own_acl_id bigint unique references acl (id);
alter table document
    add column own_acl_id bigint references acl (id),
    add column acl_id     bigint references acl (id);
create index document_of_acl on document (acl_id) where acl_id is not null;
create index document_with_acl on document (own_acl_id) where own_acl_id is not null;

-- a change of rights alone: no word of the document has to be indexed again
alter table index_change add column acl_only boolean not null default false;
