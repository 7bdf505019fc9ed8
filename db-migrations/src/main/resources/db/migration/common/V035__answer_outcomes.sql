-- How each answer went, without what was asked: for the page that shows the last day. Kept for eight days.
create table answer_outcome (
    at                 timestamptz not null default now(),
    outcome            text        not null,
    millis             int         not null,
    first_token_millis int
);
create index answer_outcome_at on answer_outcome (at);
