-- A passage token by token, as late interaction reads it, in 4 bits a number. Derived: made with the passage's vector, or
-- later where there was none; what is missing is computed when a question needs it.
create table chunk_tokens (
    chunk_id bigint   not null,
    space_id smallint not null,
    tokens   bytea    not null,
    primary key (chunk_id, space_id),
    foreign key (chunk_id, space_id) references chunk_vector (chunk_id, space_id) on delete cascade
);
-- compression finds nothing in it
alter table chunk_tokens alter column tokens set storage external;
