-- Folders in a base, and tags on documents. What is in no folder lies at the top of its base.
create table folder (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    parent_id         uuid references folder (id) on delete cascade,
    name              text        not null,
    created_by        text        not null,
    created_at        timestamptz not null default now(),
    check (parent_id <> id)
);
create unique index folder_name on folder (knowledge_base_id, parent_id, lower(name)) nulls not distinct;
create index folder_in on folder (parent_id);

alter table document
    add column folder_id uuid references folder (id) on delete set null,
    add column tags      text[] not null default '{}';
create index document_in_folder on document (folder_id);
-- the orders a table of documents is read in
create index document_by_name on document (knowledge_base_id, lower(name), id) where deleted_at is null;
create index document_by_change on document (knowledge_base_id, updated_at, id) where deleted_at is null;
