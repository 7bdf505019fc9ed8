-- Tables of documents as data: the typed cells of a version, made from what was understood of it and found with it.
create sequence data_table_id;
create table data_table (
    id          bigint primary key,
    document_id uuid    not null,
    version     int     not null,
    ordinal     int     not null,
    -- its sheet, the headings above it, its caption, as shown and as questions name them
    titles      text[]  not null,
    title_keys  text[]  not null,
    sheet       text,
    -- whether its rows stand side by side, none being a part of another
    flat        boolean not null,
    rows        int     not null,
    span_start  int     not null,
    span_end    int     not null,
    unique (document_id, version, ordinal),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);

create table data_column (
    table_id  bigint  not null references data_table (id) on delete cascade,
    -- from 1, as arrays count
    position  int     not null,
    name      text    not null,
    keys      text[]  not null,
    thing     text    not null,
    kind      text    not null check (kind in ('NUMBER', 'DATE', 'TEXT')),
    unit      text    not null,
    is_unique boolean not null,
    primary key (table_id, position)
);
create index data_column_keys on data_column using gin (keys);
create index data_column_thing on data_column (thing) where thing <> '';

-- one array a row, one element a column
create table data_row (
    table_id   bigint    not null references data_table (id) on delete cascade,
    position   int       not null,
    shown      text[]    not null,
    keys       text[]    not null,
    numbers    numeric[] not null,
    dates      date[]    not null,
    total      boolean   not null,
    span_start int       not null,
    span_end   int       not null,
    page       int,
    primary key (table_id, position)
);

-- which versions have been looked through for tables
create table tables_read (
    document_id uuid not null,
    version     int  not null,
    primary key (document_id, version),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);
