-- How long a document is in force, who answers for it, and what took its place.
alter table document
    -- false: kept and listed, but out of search and answers
    add column enabled       boolean not null default true,
    -- days, both included; null for no bound
    add column valid_from    date,
    add column valid_until   date,
    -- of the same base
    add column superseded_by uuid references document (id) on delete set null,
    add column owner_id      uuid references app_user (id) on delete set null,
    -- its name was given here; that of a new version's file does not replace it
    add column renamed       boolean not null default false,
    -- whether the indexes were told that it is in force
    add column indexed       boolean not null default true,
    add constraint document_days check (valid_from <= valid_until);
create index document_with_days on document (id) where valid_from is not null or valid_until is not null;
create index document_superseded on document (superseded_by) where superseded_by is not null;
create index document_of_owner on document (owner_id) where owner_id is not null;
