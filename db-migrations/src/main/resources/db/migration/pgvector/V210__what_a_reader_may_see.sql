-- As for passages: nothing but what the reach of the transaction names, for whoever does not own the table.
alter table chunk_halfvec enable row level security;
create policy reader on chunk_halfvec for select using (
    knowledge_base_id in (select unnest(nullif(current_setting('zhiwen.reach_whole', true), '')::uuid[]))
    or exists (select from document d where d.id = document_id));
