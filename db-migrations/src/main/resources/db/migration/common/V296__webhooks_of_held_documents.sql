-- A document held for review is told as one that became ready or failed is.
drop trigger document_version_tells on document_version;
create trigger document_version_tells after update of status on document_version
    for each row when (new.status in ('ready', 'failed', 'held') and new.status is distinct from old.status)
    execute function tell_of_document();
