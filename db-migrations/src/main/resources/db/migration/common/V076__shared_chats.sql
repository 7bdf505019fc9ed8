-- A link under which others who are signed in read a chat as it was when it was shared. Revoking deletes the row.
create table conversation_share (
    id              uuid primary key,
    conversation_id uuid        not null unique references conversation (id) on delete cascade,
    shared_at       timestamptz not null default now()
);
