-- The type of a document's live file and when it came in, on the row of the document itself: searches that are narrowed
-- by them look at one row of a document and not at its version behind the wall as well. Kept by the database wherever a
-- version becomes live or an import brings it.
alter table document
    add column live_media_type  text,
    add column live_uploaded_at timestamptz;

update document d set live_media_type = v.media_type, live_uploaded_at = v.uploaded_at
from document_version v where v.document_id = d.id and v.version = d.live_version;

create function document_takes_from_its_live_version() returns trigger language plpgsql as $$
begin
    select v.media_type, v.uploaded_at into new.live_media_type, new.live_uploaded_at
    from document_version v where v.document_id = new.id and v.version = new.live_version;
    return new;
end $$;
create trigger document_takes before insert or update of live_version on document
    for each row execute function document_takes_from_its_live_version();

create function live_version_gives_to_its_document() returns trigger language plpgsql as $$
begin
    update document set live_media_type = new.media_type, live_uploaded_at = new.uploaded_at
    where id = new.document_id and live_version = new.version
        and (live_media_type, live_uploaded_at) is distinct from (new.media_type, new.uploaded_at);
    return null;
end $$;
create trigger document_version_gives after insert or update of media_type, uploaded_at on document_version
    for each row execute function live_version_gives_to_its_document();
