-- The processes that share this database, as an admin sees them; all times are the database's.
create table node (
    name           text primary key,
    role           text        not null check (role in ('web', 'ingest', 'both')),
    version        text        not null,
    started_at     timestamptz not null,
    seen_at        timestamptz not null,
    -- up to where its own index has followed index_change, and how many changes it has still to apply
    -- (counted up to 1000); null on a node that keeps no index
    index_position bigint,
    index_lag      int
);
create index node_seen on node (seen_at);
