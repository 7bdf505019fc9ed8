-- The second wall before the tables of documents: who may see a document sees its tables.
alter table data_table enable row level security;
create policy reader on data_table for select using (
    exists (select from document d where d.id = document_id));

alter table data_column enable row level security;
create policy reader on data_column for select using (
    exists (select from data_table t where t.id = table_id));

alter table data_row enable row level security;
create policy reader on data_row for select using (
    exists (select from data_table t where t.id = table_id));
