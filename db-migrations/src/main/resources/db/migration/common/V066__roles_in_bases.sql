-- A grant on a base names a role and goes to a person, to a group, or to everyone signed in (neither of the two).
-- Today's readers stay readers, admins stay managers of every base without a grant, and nobody gains anything. Nodes
-- of the version before, while they last, go on seeing the grants to persons: as readers.
alter table knowledge_base_reader
    add column id         uuid        not null default gen_random_uuid(),
    add column group_id   uuid references user_group (id) on delete cascade,
    add column role       text        not null default 'reader' check (role in ('reader', 'editor', 'manager')),
    add column granted_by text,
    add column granted_at timestamptz not null default now(),
    drop constraint knowledge_base_reader_pkey,
    alter column user_id drop not null,
    add primary key (id),
    add check (num_nonnulls(user_id, group_id) <= 1);
create unique index knowledge_base_reader_person on knowledge_base_reader (knowledge_base_id, user_id);
create unique index knowledge_base_reader_group on knowledge_base_reader (knowledge_base_id, group_id);
create unique index knowledge_base_reader_everyone on knowledge_base_reader (knowledge_base_id)
    where user_id is null and group_id is null;
create index knowledge_base_reader_of_person on knowledge_base_reader (user_id);
create index knowledge_base_reader_of_group on knowledge_base_reader (group_id);
