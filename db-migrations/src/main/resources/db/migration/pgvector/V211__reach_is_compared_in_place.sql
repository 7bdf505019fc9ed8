-- As for passages.
alter policy reader on chunk_halfvec using (
    knowledge_base_id = any ((select nullif(current_setting('zhiwen.reach_whole', true), '')::uuid[])::uuid[])
    or exists (select from document d where d.id = document_id));
