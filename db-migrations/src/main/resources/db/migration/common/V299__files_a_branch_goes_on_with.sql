-- A file of one chat that a chat branched off it goes on with. It stays in the base of the chat it was attached to and
-- is as old as it was there.
create table conversation_file (
    conversation_id uuid not null references conversation (id) on delete cascade,
    document_id     uuid not null references document (id) on delete cascade,
    primary key (conversation_id, document_id)
);
create index conversation_file_document on conversation_file (document_id);
