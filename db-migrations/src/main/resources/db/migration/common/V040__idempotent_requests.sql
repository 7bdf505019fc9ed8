-- What was answered to a request that named an Idempotency-Key, in the transaction of what it did, so that its
-- repetition gets the same answer and does nothing.
create table idempotent_request (
    api_key_id   uuid        not null references api_key (id) on delete cascade,
    key          text        not null,
    request_hash text        not null,
    -- null only to the transaction that has not ended
    status       int,
    content_type text,
    location     text,
    body         bytea,
    created_at   timestamptz not null default now(),
    primary key (api_key_id, key)
);
create index idempotent_request_age on idempotent_request (created_at);
