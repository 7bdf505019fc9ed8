-- Answers being written, one a chat. The node that writes one keeps its lease; past the lease any node may end it as
-- interrupted. What it has said so far lies beside it, for readers on other nodes.
create table running_answer (
    message_id      uuid primary key references message (id) on delete cascade,
    conversation_id uuid        not null unique references conversation (id) on delete cascade,
    node            text        not null,
    stopping        boolean     not null default false,
    lease_until     timestamptz not null
);
create index running_answer_lease on running_answer (lease_until);

create table answer_event (
    message_id uuid  not null references running_answer (message_id) on delete cascade,
    ordinal    int   not null,
    event      text not null,
    primary key (message_id, ordinal)
);

-- what was running before this table was is written by nobody any more
update message set state = 'failed', note = 'error.interrupted' where state = 'running';
