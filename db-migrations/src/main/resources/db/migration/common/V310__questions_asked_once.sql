-- Questions that services asked in chats under an Idempotency-Key, for a day: a repetition gets the answer to the
-- first one. The chat and the answer are written by the transaction that writes the question into the chat.
create table asked_once (
    api_key_id      uuid        not null references api_key (id) on delete cascade,
    key             text        not null,
    request_hash    text        not null,
    -- the request that is to ask it
    claim           uuid        not null,
    -- null until it is asked
    conversation_id uuid,
    answer_id       uuid,
    created_at      timestamptz not null default now(),
    primary key (api_key_id, key)
);
create index asked_once_age on asked_once (created_at);
