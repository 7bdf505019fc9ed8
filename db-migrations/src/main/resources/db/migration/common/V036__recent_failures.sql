-- What failed lately is looked up every few seconds while somebody watches.
create index document_version_failed on document_version (finished_at) where status = 'failed';
