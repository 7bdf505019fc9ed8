-- Chats, their messages, the citations as they were shown, and the trace of each answer.
create table conversation (
    id                 uuid primary key,
    user_id            uuid        not null references app_user (id) on delete cascade,
    title              text        not null,
    knowledge_base_ids uuid[]      not null default '{}',
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now()
);
create index conversation_of_user on conversation (user_id, updated_at desc);

create table answer_trace (
    id       uuid primary key,
    at       timestamptz not null default now(),
    question text        not null,
    trace    jsonb       not null
);

create table message (
    id              uuid primary key,
    conversation_id uuid        not null references conversation (id) on delete cascade,
    ordinal         int         not null,
    role            text        not null check (role in ('user', 'assistant')),
    text            text        not null,
    thinking        text,
    state           text        not null check (state in ('running', 'complete', 'stopped', 'failed')),
    engine          text,
    refused         boolean     not null default false,
    note            text,
    trace_id        uuid references answer_trace (id) on delete set null,
    created_at      timestamptz not null default now(),
    unique (conversation_id, ordinal)
);

create table message_citation (
    message_id        uuid   not null references message (id) on delete cascade,
    number            int    not null,
    knowledge_base_id uuid   not null,
    document_id       uuid   not null,
    version           int    not null,
    document_name     text   not null,
    page              int,
    sheet             text,
    heading_path      text[] not null,
    span_start        int    not null,
    span_end          int    not null,
    text              text   not null,
    primary key (message_id, number)
);
