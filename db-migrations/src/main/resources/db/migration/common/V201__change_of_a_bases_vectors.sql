-- A base whose passages are embedded anew by another model, while it is searched with the vectors it has. One node
-- works on it at a time; whoever is killed leaves it to the next.
create table space_change (
    knowledge_base_id uuid primary key references knowledge_base (id) on delete cascade,
    -- the space to come, and the one until then; null for those of the bundled encoders
    target_id         smallint references embedding_space (id),
    former_id         smallint references embedding_space (id),
    -- building: vectors are made; switched: questions go to them, and the former ones are taken away; abandoned: what
    -- was made is taken away
    state             text        not null check (state in ('building', 'switched', 'abandoned')),
    done              int         not null,
    total             int         not null,
    -- why no vectors are made just now
    waits_for         text,
    started_by        text        not null,
    started_at        timestamptz not null default now(),
    switched_at       timestamptz,
    -- the transaction that switched: an index that has not followed so far holds only the former space whole
    switched          xid8
);
