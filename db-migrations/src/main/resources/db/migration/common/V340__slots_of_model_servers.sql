-- Who has or wants a place at a model server, over all nodes: none of it outlives a crash.
create unlogged table model_slot (
    id          uuid        primary key,
    server      uuid        not null,
    node        text        not null,
    asker       text        not null,
    served      boolean     not null,
    since       timestamptz not null,
    lease_until timestamptz not null
);
create index model_slot_server on model_slot (server, since);
