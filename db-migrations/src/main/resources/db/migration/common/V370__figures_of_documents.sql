-- The figures of a version: where each stands in its clean text, and under which hash the blob store has its pixels.
create table document_figure (
    document_id uuid not null,
    version     int  not null,
    n           int  not null check (n > 0),
    place       int  not null check (place >= 0),
    page        int,
    sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type  text not null check (media_type in ('image/png', 'image/jpeg')),
    width       int  not null check (width > 0),
    height      int  not null check (height > 0),
    alt         text not null,
    primary key (document_id, version, n),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);
create index document_figure_sha256 on document_figure (sha256);

alter table document_figure enable row level security;
create policy reader on document_figure for select using (
    exists (select from document d where d.id = document_id));
