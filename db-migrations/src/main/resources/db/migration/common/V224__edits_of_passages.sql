-- What people changed of the passages of a document: a passage is known by the text it was cut with, so that a change
-- holds for every later cut in which that text still is one. A change that another one follows, or that was undone,
-- has ended; nothing is deleted.
create table chunk_edit (
    id           uuid primary key,
    document_id  uuid        not null references document (id) on delete cascade,
    kind         text        not null check (kind in ('edited', 'disabled', 'added')),
    -- as it was cut; of one that was added, its own text
    original     text        not null,
    text         text        not null,
    -- of one that was added: the place of the passage it stands beside
    heading_path text[]      not null default '{}',
    page         int,
    sheet        text,
    near_start   int,
    near_end     int,
    made_by      text        not null,
    made_at      timestamptz not null default now(),
    -- the change it took the place of, which counts again when this one is undone
    follows      uuid references chunk_edit (id),
    ended_by     text,
    ended_at     timestamptz
);
create index chunk_edit_of on chunk_edit (document_id, made_at desc);
create unique index chunk_edit_counts on chunk_edit (document_id, md5(original)) where ended_at is null;
