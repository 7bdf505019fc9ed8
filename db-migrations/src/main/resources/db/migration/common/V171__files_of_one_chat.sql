-- A base that belongs to one chat and is nobody else's: no right reaches it, only its chat's owner does.
alter table knowledge_base
    add column chat_only boolean not null default false,
    add column conversation_id uuid references conversation (id) on delete set null;
create unique index base_of_chat on knowledge_base (conversation_id) where deleted_at is null;
