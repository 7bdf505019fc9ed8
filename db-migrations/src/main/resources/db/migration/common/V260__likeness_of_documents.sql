-- What a version's text is compared by, without the text: made from what was understood of it, found with it.
create table document_likeness (
    document_id uuid     not null,
    version     int      not null,
    -- how it was made; another way makes it anew
    scheme      smallint not null,
    -- the least hashes of its shingles; none where there is too little text
    least       int[]    not null,
    -- of some of them each; texts much alike have one in common
    bands       int[]    not null,
    primary key (document_id, version),
    foreign key (document_id, version) references document_version (document_id, version) on delete cascade
);
create index document_likeness_bands on document_likeness using gin (bands);
