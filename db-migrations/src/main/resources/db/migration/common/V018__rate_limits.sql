-- How often something was tried lately, shared by all nodes: Bucket4j's own table with a text key.
create table rate_limit (
    id         text primary key,
    state      bytea,
    expires_at bigint
);
create index rate_limit_expiry on rate_limit (expires_at);
