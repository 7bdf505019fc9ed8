-- How a base's documents are cut, as JSON; null is the standard. A version that only cuts an older one anew takes the
-- text that was understood of that one instead of the file.
alter table knowledge_base add column chunk_rules jsonb;
alter table document_version add column content_of int;
