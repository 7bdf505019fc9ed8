-- How many tokens the passages of a version have together, counted when it is ready.
alter table document_version add column tokens bigint;

update document_version v
set tokens = c.tokens
from (select document_id, version, sum(tokens) as tokens from chunk group by 1, 2) c
where c.document_id = v.document_id and c.version = v.version and v.status = 'ready';
