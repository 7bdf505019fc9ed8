-- Sessions of browsers, good on every node. The cookie itself is not kept: its hash finds the row, and only the cookie
-- opens the attributes.
create table web_session (
    id_hash    bytea primary key,
    -- null before its owner has signed in
    user_id    uuid references app_user (id) on delete cascade,
    created_at timestamptz not null default now(),
    seen_at    timestamptz not null default now(),
    attributes bytea       not null
);
create index web_session_of_user on web_session (user_id);
create index web_session_seen on web_session (seen_at);
