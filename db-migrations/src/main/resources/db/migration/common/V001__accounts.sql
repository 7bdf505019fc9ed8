-- People and services that may come in, and the record of what they changed.
create table app_user (
    id            uuid primary key,
    name          text        not null,
    password_hash text        not null,
    role          text        not null check (role in ('admin', 'member')),
    enabled       boolean     not null default true,
    created_at    timestamptz not null default now()
);
create unique index app_user_name on app_user (lower(name));

create table api_key (
    id           uuid primary key,
    name         text        not null,
    prefix       text        not null,
    secret_hash  bytea       not null unique,
    all_bases    boolean     not null default false,
    created_by   uuid references app_user (id) on delete set null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

create table setup_link (
    secret_hash bytea primary key,
    created_at  timestamptz not null default now()
);

create table audit_event (
    id     bigint generated always as identity primary key,
    at     timestamptz not null default now(),
    actor  text        not null,
    action text        not null,
    object text        not null,
    detail jsonb       not null default '{}'
);
