-- What a key may do, and whether it may act for a user. Today's keys keep exactly what they had: those with all bases
-- everything, the others searching, asking and uploading; none may act for anybody until an admin makes one that may.
alter table api_key
    add column scopes       text[]  not null default '{search,ask,upload}'
        check (scopes <@ '{search,ask,upload,manage}'::text[] and cardinality(scopes) > 0),
    add column on_behalf_of boolean not null default false;
update api_key set scopes = '{search,ask,upload,manage}' where all_bases;
