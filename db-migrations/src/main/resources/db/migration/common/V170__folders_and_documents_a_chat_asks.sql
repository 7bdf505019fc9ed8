-- What of the bases was asked last, down to folders and single documents; empty beside them: whole bases.
alter table conversation
    add column folder_ids uuid[] not null default '{}',
    add column document_ids uuid[] not null default '{}';
