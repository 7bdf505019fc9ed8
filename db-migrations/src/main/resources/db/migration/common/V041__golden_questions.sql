-- Questions whose answers are known, to measure retrieval by. A passage meets one when it is of one of its documents
-- (any, when none is named) and holds one of its evidence texts (whatever it holds, when none is named).
create table golden_question (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    text              text        not null,
    -- false: the documents do not answer it, and it has to be refused
    answerable        boolean     not null,
    evidence          text[]      not null default '{}',
    source            text        not null check (source in ('written', 'chat', 'imported')),
    created_by        text        not null,
    -- in an import each has its own, so that they keep their order
    created_at        timestamptz not null default clock_timestamp(),
    updated_at        timestamptz not null default now()
);
create unique index golden_question_once on golden_question (knowledge_base_id, md5(text));

create table golden_document (
    golden_question_id uuid not null references golden_question (id) on delete cascade,
    document_id        uuid not null references document (id) on delete cascade,
    primary key (golden_question_id, document_id)
);
create index golden_document_of on golden_document (document_id);
