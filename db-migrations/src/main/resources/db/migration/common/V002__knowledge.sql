-- Knowledge bases, their documents in versions, and the chunks and vectors made from each version.
create table knowledge_base (
    id         uuid primary key,
    name       text        not null,
    created_by uuid references app_user (id) on delete set null,
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);

-- who may read a base beside the admins
create table knowledge_base_reader (
    knowledge_base_id uuid not null references knowledge_base (id) on delete cascade,
    user_id           uuid not null references app_user (id) on delete cascade,
    primary key (knowledge_base_id, user_id)
);

create table api_key_base (
    api_key_id        uuid not null references api_key (id) on delete cascade,
    knowledge_base_id uuid not null references knowledge_base (id) on delete cascade,
    primary key (api_key_id, knowledge_base_id)
);

create table document (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    name              text        not null,
    latest_version    int         not null default 1,
    -- the version readers find; null until the first one is published
    live_version      int,
    created_by        text        not null,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    deleted_at        timestamptz
);
create index document_in_base on document (knowledge_base_id, created_at desc, id desc) where deleted_at is null;

create table document_version (
    document_id    uuid        not null references document (id) on delete cascade,
    version        int         not null,
    file_name      text        not null,
    sha256         text        not null,
    bytes          bigint      not null,
    status         text        not null check (status in ('queued', 'parsing', 'embedding', 'ready', 'failed')),
    -- raised by every worker that takes the version; a worker that was declared dead cannot publish
    attempt        int         not null default 0,
    progress_done  int         not null default 0,
    progress_total int         not null default 0,
    reason_code    text,
    reason_detail  text,
    -- names the scheduled job that may work on it; null when nobody should
    job            uuid unique,
    -- how often a worker took it and how often it failed in passing, since it was last queued
    tries          int         not null default 0,
    failures       int         not null default 0,
    media_type     text,
    type_mismatch  boolean     not null default false,
    title          text,
    pages          int,
    chunks         int,
    uploaded_by    text        not null,
    uploaded_at    timestamptz not null default now(),
    started_at     timestamptz,
    finished_at    timestamptz,
    primary key (document_id, version)
);
create index document_version_content on document_version (sha256);

-- what was understood of a version: the blocks in reading order, as JSON, for the inspector and the source panel
create table document_content (
    document_id uuid not null,
    version     int  not null,
    content     text not null,
    primary key (document_id, version),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);

create sequence chunk_id;
create table chunk (
    id                bigint primary key,
    knowledge_base_id uuid   not null,
    document_id       uuid   not null,
    version           int    not null,
    ordinal           int    not null,
    text              text   not null,
    heading_path      text[] not null,
    page              int,
    sheet             text,
    span_start        int    not null,
    span_end          int    not null,
    section_start     int    not null,
    section_end       int    not null,
    tokens            int    not null,
    language          text   not null,
    unique (document_id, version, ordinal),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);

create table embedding_space (
    id        smallint generated always as identity primary key,
    model     text not null,
    sha256    text not null,
    dimension int  not null,
    unique (model, sha256)
);

-- float32, little-endian, unit length
create table chunk_vector (
    chunk_id bigint   not null references chunk (id) on delete cascade,
    space_id smallint not null references embedding_space (id),
    vector   bytea    not null,
    primary key (chunk_id, space_id)
);

-- what derived indexes follow, in the order of transactions; read only rows whose transaction is older than every
-- running one
create table index_change (
    tx          xid8        not null default pg_current_xact_id(),
    seq         bigint generated always as identity,
    document_id uuid        not null,
    -- the version that became live, or null when the document is gone
    version     int,
    at          timestamptz not null default now(),
    primary key (tx, seq)
);
create index index_change_of_document on index_change (document_id);
