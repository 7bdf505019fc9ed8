-- What a user wants every chat of theirs to know about them.
create table user_note (
    id         uuid primary key default gen_random_uuid(),
    user_id    uuid        not null references app_user (id) on delete cascade,
    text       text        not null check (length(text) between 1 and 300),
    created_at timestamptz not null default now()
);
create index user_note_of on user_note (user_id, created_at);
