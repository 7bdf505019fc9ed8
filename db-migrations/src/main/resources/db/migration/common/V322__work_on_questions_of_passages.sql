-- Which node makes questions for a base now, what was spent on the day, and why the last try failed.
create table passage_question_work (
    knowledge_base_id uuid        primary key references knowledge_base (id) on delete cascade,
    held_by           text        not null default '',
    held_until        timestamptz not null default '-infinity',
    day               date        not null default '-infinity',
    spent             bigint      not null default 0,
    failure           text        not null default '',
    failed_at         timestamptz not null default '-infinity',
    swept_at          timestamptz not null default now()
);
