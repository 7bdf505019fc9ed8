-- Questions that did not get a good answer, those of one meaning together, until somebody sees to it that they do.
create table work_item (
    id                 uuid primary key,
    -- null where nothing was near enough to say whose it is
    knowledge_base_id  uuid references knowledge_base (id) on delete cascade,
    -- the first wording, to compare others with; float32, little-endian, of the encoder whose file has this hash
    question           text        not null,
    vector             bytea       not null,
    space              text        not null,
    state              text        not null default 'open' check (state in ('open', 'wanted', 'done', 'dismissed')),
    assigned_to        uuid references app_user (id) on delete set null,
    -- what document is wanted, or why it was dismissed
    note               text        not null default '',
    approved_answer_id uuid references approved_answer (id) on delete set null,
    -- [{question, works, engine, answer, sources}] of the last time it was asked again
    proof              jsonb,
    proven_at          timestamptz,
    created_at         timestamptz not null default now(),
    closed_at          timestamptz
);
create index work_item_in_base on work_item (knowledge_base_id, state);

create table work_question (
    work_item_id uuid        not null references work_item (id) on delete cascade,
    -- the trace of the answer: with the chat that its asker deletes, their words leave this list too
    answer_id    uuid        not null references answer_trace (id) on delete cascade,
    why          text        not null check (why in ('refused', 'weak', 'unsupported', 'thumb')),
    question     text        not null,
    -- a person or an API key
    asker        text        not null,
    asked_at     timestamptz not null,
    primary key (answer_id, why)
);
create index work_question_of on work_question (work_item_id);

-- how far the answers have been looked through
create table work_list_seen (
    one boolean primary key default true check (one),
    at   timestamptz not null
);
insert into work_list_seen (at) values (now() - interval '30 days');

create index answer_trace_at on answer_trace (at);
