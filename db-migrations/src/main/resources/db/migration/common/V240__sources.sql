-- Places outside that bases are filled from: a folder, a web site, a bucket.
create table source (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    folder_id         uuid references folder (id) on delete set null,
    kind              text        not null,
    name              text        not null,
    -- what its form says, by field, without secrets
    place             jsonb       not null,
    -- the secret fields, closed with a secret that is not in the database
    sealed            bytea,
    -- null: only when somebody asks
    every_minutes     int check (every_minutes > 0),
    paused            boolean     not null default false,
    created_by        text        not null,
    created_at        timestamptz not null default now(),
    -- when it is read next without being asked; null for never
    due_at            timestamptz,
    unique (knowledge_base_id, name)
);
create index source_due on source (due_at) where due_at is not null;

-- what a source holds, as it was brought last
create table source_item (
    source_id   uuid not null references source (id) on delete cascade,
    address     text not null,
    -- null when it was removed here
    document_id uuid references document (id) on delete set null,
    -- whether a source made the document, and no person
    made        boolean not null,
    -- what the document is called after it, and where it is opened
    name        text not null,
    link        text,
    fingerprint text not null,
    sha256      text not null,
    primary key (source_id, address)
);
create index source_item_document on source_item (document_id);

-- One reading of a source: the queue and the state of it in one row.
create table source_run (
    id          uuid primary key,
    source_id   uuid        not null references source (id) on delete cascade,
    -- 'try' changes nothing; 'accept' takes away whatever is gone, however much it is
    mode        text        not null check (mode in ('sync', 'try', 'accept')),
    -- null: its schedule
    asked_by    text,
    state       text        not null check (state in ('waiting', 'running', 'done', 'failed', 'stopped')),
    -- raised by every node that takes the run; one that was declared dead can change nothing
    attempt     int         not null default 0,
    node        text,
    lease_until timestamptz,
    asked_at    timestamptz not null default now(),
    started_at  timestamptz,
    finished_at timestamptz,
    -- things that are as they were
    same        int         not null default 0,
    -- why it failed, or why nothing was taken away
    reason      text,
    detail      text
);
create unique index source_run_open on source_run (source_id) where state in ('waiting', 'running');
create index source_run_of_source on source_run (source_id, asked_at desc);

-- what a run did, thing by thing, but for those that are as they were
create table source_report (
    run_id      uuid not null references source_run (id) on delete cascade,
    address     text not null,
    what        text not null check (what in ('added', 'changed', 'deleted', 'left_out', 'missing')),
    reason      text,
    detail      text,
    document_id uuid references document (id) on delete set null,
    primary key (run_id, address)
);
create index source_report_document on source_report (document_id);
create index source_report_what on source_report (run_id, what);
