-- Assistants: bases, what a model is told beside its rules, and first questions, under one name. They give nobody a
-- right: what is asked through one is what its asker may read of its bases.
create table assistant (
    id                  uuid        primary key,
    name                text        not null check (name <> ''),
    description         text        not null default '',
    prompt_role         text        not null default '',
    prompt_task         text        not null default '',
    prompt_requirements text        not null default '',
    prompt_notes        text        not null default '',
    model_server_id     uuid        references model_server (id) on delete set null,
    openings            text[]      not null default '{}',
    enabled             boolean     not null default true,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now()
);
create unique index assistant_name on assistant (lower(name));

create table assistant_base (
    assistant_id      uuid not null references assistant (id) on delete cascade,
    knowledge_base_id uuid not null references knowledge_base (id) on delete cascade,
    primary key (assistant_id, knowledge_base_id)
);
create index assistant_of_base on assistant_base (knowledge_base_id);
