-- As in V210, with the reach read once a query and compared as an array: for the few bases that a reader has, that is
-- less work for each row than a lookup in a hash table made of them.
alter policy reader on knowledge_base using (
    id = any ((select nullif(current_setting('zhiwen.reach_bases', true), '')::uuid[])::uuid[]));

alter policy reader on document using (
    knowledge_base_id = any ((select nullif(current_setting('zhiwen.reach_whole', true), '')::uuid[])::uuid[])
    or acl_id is null
        and knowledge_base_id = any ((select nullif(current_setting('zhiwen.reach_open', true), '')::uuid[])::uuid[])
    or acl_id = any ((select nullif(current_setting('zhiwen.reach_acls', true), '')::bigint[])::bigint[]));

alter policy reader on chunk using (
    knowledge_base_id = any ((select nullif(current_setting('zhiwen.reach_whole', true), '')::uuid[])::uuid[])
    or exists (select from document d where d.id = document_id));
