-- Vectors as pgvector searches them, kept in the transaction that keeps chunk_vector's. Derived: may be emptied at any
-- time (with filled_up_to set to '0'), Zhiwen fills it again. Graphs over it are made for each space once that pays.
create table chunk_halfvec (
    chunk_id          bigint   not null,
    space_id          smallint not null,
    knowledge_base_id uuid     not null,
    document_id       uuid     not null,
    version           int      not null,
    vector            halfvec  not null,
    primary key (chunk_id, space_id),
    foreign key (chunk_id, space_id) references chunk_vector (chunk_id, space_id) on delete cascade
);
-- in the row itself where it fits, so that a scan of a small base reads nothing else
alter table chunk_halfvec alter column vector set storage main;
create index chunk_halfvec_of_base on chunk_halfvec (space_id, knowledge_base_id);

-- up to which transaction of index_change every vector is known to be here
create table chunk_halfvec_progress (
    one          boolean primary key default true check (one),
    filled_up_to xid8 not null
);
insert into chunk_halfvec_progress (filled_up_to) values ('0');
