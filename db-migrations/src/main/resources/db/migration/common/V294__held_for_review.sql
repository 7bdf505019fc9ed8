-- A version that raised a doubt is held back, complete but unseen, until somebody who manages its base releases or
-- rejects it.
alter table document_version
    drop constraint document_version_status_check,
    add constraint document_version_status_check
        check (status in ('queued', 'parsing', 'embedding', 'ready', 'failed', 'held'));
alter table ingest_try
    drop constraint ingest_try_outcome_check,
    add constraint ingest_try_outcome_check check (outcome in
        ('ready', 'failed', 'retried', 'postponed', 'given_back', 'cancelled', 'lost', 'held'));

-- has no live version because it was held: whoever only reads does not see it at all
alter table document add column withheld boolean not null default false;

create table document_hold (
    document_id uuid        not null,
    -- of the document, from 1
    number      int         not null,
    version     int         not null,
    held_at     timestamptz not null default now(),
    -- the person who put it into quarantine; null for the rules of its base
    held_by     text,
    reasons     jsonb       not null,
    -- null while nobody has decided
    decision    text check (decision in ('released', 'rejected', 'superseded')),
    decided_at  timestamptz,
    decided_by  text,
    note        text        not null default '',
    primary key (document_id, number),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade,
    constraint document_hold_decided check ((decision is null) = (decided_at is null))
);
-- at most one version of a document waits for a decision
create unique index document_hold_open on document_hold (document_id) where decision is null;
