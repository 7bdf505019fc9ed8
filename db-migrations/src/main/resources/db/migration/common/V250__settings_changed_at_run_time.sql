-- What admins changed while Zhiwen runs. What is not here is as the environment says, or as it is built in.
create table setting (
    key        text primary key,
    value      text        not null,
    changed_by text        not null,
    changed_at timestamptz not null default now()
);
