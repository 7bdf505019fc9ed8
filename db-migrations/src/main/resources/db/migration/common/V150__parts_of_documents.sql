-- Files inside of archives and mails are documents of their own, below the one they came in.
alter table document
    add column parent_id uuid references document (id) on delete set null,
    -- how the document around it calls it, with its folders
    add column part_name text;
create unique index document_part on document (parent_id, part_name) where deleted_at is null;
