-- The second wall: a role that owns nothing sees, of bases, documents and passages, what the reach of its transaction
-- names (the settings zhiwen.reach_...), and without these settings nothing. The owner of the tables passes by it, so
-- ingest, migrations and administration are as before. Which role reads is made and granted at a start, where that is
-- allowed; the policies name none.
alter table knowledge_base enable row level security;
create policy reader on knowledge_base for select using (
    id in (select unnest(nullif(current_setting('zhiwen.reach_bases', true), '')::uuid[])));

alter table document enable row level security;
create policy reader on document for select using (
    knowledge_base_id in (select unnest(nullif(current_setting('zhiwen.reach_whole', true), '')::uuid[]))
    or acl_id is null
        and knowledge_base_id in (select unnest(nullif(current_setting('zhiwen.reach_open', true), '')::uuid[]))
    or acl_id in (select unnest(nullif(current_setting('zhiwen.reach_acls', true), '')::bigint[])));

alter table document_version enable row level security;
create policy reader on document_version for select using (
    exists (select from document d where d.id = document_id));

alter table document_content enable row level security;
create policy reader on document_content for select using (
    exists (select from document d where d.id = document_id));

alter table scanned_page enable row level security;
create policy reader on scanned_page for select using (
    exists (select from document d where d.id = document_id));

-- the base first: it is in the row
alter table chunk enable row level security;
create policy reader on chunk for select using (
    knowledge_base_id in (select unnest(nullif(current_setting('zhiwen.reach_whole', true), '')::uuid[]))
    or exists (select from document d where d.id = document_id));
