-- Golden questions asked of one profile, with what came of each, as it was then.
create table evaluation_run (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    -- null: what the settings said
    profile_id        uuid references retrieval_profile (id) on delete set null,
    profile_name      text        not null,
    profile           jsonb       not null,
    state             text        not null check (state in ('running', 'done', 'failed')),
    questions         int         not null,
    done              int         not null default 0,
    figures           jsonb,
    started_by        text        not null,
    started_at        timestamptz not null default now(),
    -- a run that is not seen for a minute has lost its node
    seen_at           timestamptz not null default now(),
    ended_at          timestamptz
);
create index evaluation_run_of_base on evaluation_run (knowledge_base_id, started_at desc);

create table evaluation_result (
    run_id             uuid    not null references evaluation_run (id) on delete cascade,
    ordinal            int     not null,
    golden_question_id uuid    not null,
    question           text    not null,
    answerable         boolean not null,
    refused            boolean not null,
    result             jsonb   not null,
    primary key (run_id, ordinal)
);
