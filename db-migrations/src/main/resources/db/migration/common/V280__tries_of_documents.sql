-- How each piece of work on a version went: who took it when, how long its stages took, how it ended.
create table ingest_try (
    document_id   uuid        not null,
    version       int         not null,
    -- the fencing token it was done under
    attempt       int         not null,
    node          text        not null,
    -- since when it stood in line; null where it was taken over from a node that was lost
    queued_at     timestamptz,
    started_at    timestamptz not null default now(),
    ended_at      timestamptz,
    -- null while it is worked on
    outcome       text check (outcome in
                      ('ready', 'failed', 'retried', 'postponed', 'given_back', 'cancelled', 'lost')),
    reason_code   text,
    reason_detail text,
    -- null for a stage that was not passed
    parse_ms      int,
    clean_ms      int,
    chunk_ms      int,
    embed_ms      int,
    publish_ms    int,
    pages         int,
    -- what was hard to read, or looks doubtful
    findings      jsonb,
    -- that were stored
    chunks        int,
    primary key (document_id, version, attempt),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);

-- since when it stands in line
alter table document_version add column queued_at timestamptz not null default now();
update document_version set queued_at = uploaded_at where status = 'queued';
