-- Questions and a summary that a model made of a passage's text, by which the passage is found too and which nobody is
-- shown as a source. Kept by the hash of the text, so that a passage that is cut or embedded anew and says the same
-- keeps them, and one that says something else has none. An empty text: the model gave nothing.
create table passage_questions (
    knowledge_base_id uuid        not null references knowledge_base (id) on delete cascade,
    text_hash         bytea       not null,
    text              text        not null,
    tokens            int         not null,
    model             text        not null,
    made_at           timestamptz not null default now(),
    primary key (knowledge_base_id, text_hash)
);
