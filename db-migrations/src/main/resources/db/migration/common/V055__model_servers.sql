-- Model servers that admins register, and which one writes for a base. A key is closed with a secret that is not in
-- the database.
create table model_server (
    id             uuid primary key,
    name           text        not null unique,
    url            text        not null,
    model          text        not null,
    sealed_key     bytea,
    slots          int         not null check (slots between 1 and 1000),
    context_tokens int         not null,
    max_tokens     int         not null,
    is_default     boolean     not null default false,
    created_at     timestamptz not null default now()
);
create unique index model_server_default on model_server (is_default) where is_default;

create table base_model_server (
    knowledge_base_id uuid primary key references knowledge_base (id) on delete cascade,
    model_server_id   uuid not null references model_server (id) on delete cascade
);
