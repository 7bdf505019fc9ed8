-- Documents of a base that had failed for one reason and were tried again together, to see how that goes.
create table retry_run (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    reason_code       text        not null,
    asked_by          text        not null,
    asked_at          timestamptz not null default now()
);
create index retry_run_of_base on retry_run (knowledge_base_id, asked_at desc);

create table retry_run_document (
    run_id      uuid not null references retry_run (id) on delete cascade,
    document_id uuid not null,
    version     int  not null,
    primary key (run_id, document_id),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);
create index retry_run_document_version on retry_run_document (document_id, version);
