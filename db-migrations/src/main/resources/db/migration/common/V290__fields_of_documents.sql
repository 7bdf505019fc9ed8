-- Fields that a base gives its documents, and the values they have in them. A document has values in fields of its own
-- base alone.
create table base_field (
    id                uuid primary key,
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    name              text        not null,
    kind              text        not null check (kind in ('text', 'number', 'date', 'choice', 'yes-no')),
    -- in the order they are shown; of a choice alone
    choices           text[]      not null default '{}',
    position          int         not null,
    created_at        timestamptz not null default now()
);
create unique index base_field_name on base_field (knowledge_base_id, lower(name));

create table document_field (
    document_id  uuid not null references document (id) on delete cascade,
    field_id     uuid not null references base_field (id) on delete cascade,
    -- of a text or a choice
    text_value   text,
    number_value numeric,
    date_value   date,
    truth        boolean,
    primary key (document_id, field_id),
    check (num_nonnulls(text_value, number_value, date_value, truth) = 1)
);
create index document_field_text on document_field (field_id, text_value) where text_value is not null;
create index document_field_number on document_field (field_id, number_value) where number_value is not null;
create index document_field_date on document_field (field_id, date_value) where date_value is not null;
create index document_field_truth on document_field (field_id, truth) where truth is not null;

alter table base_field enable row level security;
create policy reader on base_field for select using (
    knowledge_base_id in (select unnest(nullif(current_setting('zhiwen.reach_bases', true), '')::uuid[])));

-- the base first: it is looked up once
alter table document_field enable row level security;
create policy reader on document_field for select using (
    field_id in (select f.id from base_field f where f.knowledge_base_id in (
        select unnest(nullif(current_setting('zhiwen.reach_whole', true), '')::uuid[])))
    or exists (select from document d where d.id = document_id));
