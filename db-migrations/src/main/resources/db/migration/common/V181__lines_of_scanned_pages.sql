-- Where OCR saw each line of a page that is a picture, so that a cited passage can be marked on it.
create table scanned_page (
    document_id uuid  not null,
    version     int   not null,
    page        int   not null,
    lines       jsonb not null,
    primary key (document_id, version, page),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);
