-- Answers that people wrote and approved: given before any model is asked, to those who may read all they rest on.
create table approved_answer (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    text              text        not null,
    approved_by       text        not null,
    approved_at       timestamptz not null default now(),
    -- the last day it is given; null for ever
    expires_on        date,
    given             bigint      not null default 0,
    created_at        timestamptz not null default clock_timestamp()
);
create index approved_answer_in_base on approved_answer (knowledge_base_id, created_at);

-- ways to ask for it; the words of one never change under its id
create table approved_question (
    id                 uuid primary key,
    approved_answer_id uuid not null references approved_answer (id) on delete cascade,
    knowledge_base_id  uuid not null references knowledge_base (id) on delete cascade,
    number             int  not null,
    text               text not null,
    -- float32, little-endian, of the encoder whose file has this hash
    vector             bytea not null,
    space              text  not null,
    unique (approved_answer_id, number)
);
create unique index approved_question_once on approved_question (knowledge_base_id, md5(lower(text)));

-- A document that goes does not take the row with it: an answer whose source is gone is not given any more.
create table approved_source (
    approved_answer_id uuid not null references approved_answer (id) on delete cascade,
    number             int  not null,
    document_id        uuid not null,
    document_name      text not null,
    -- the version that was live when it was approved
    version            int  not null,
    quote              text not null,
    primary key (approved_answer_id, number)
);
