-- How each answer went, without its words, and which documents it rests on: small rows for the dashboard, so that
-- nobody has to read traces to count them. They stay when a chat and its traces are deleted. Trials are not in here.
create table answer_figure (
    answer_id          uuid primary key,
    at                 timestamptz not null,
    -- a person or an API key
    asker_id           uuid        not null,
    -- whose passage came nearest, or the one that was asked; null where that is none
    knowledge_base_id  uuid,
    outcome            text        not null,
    -- sentences that no source bears out
    unsupported        int         not null,
    -- from the question to the model's first word, waiting in line included
    first_token_millis int
);
create index answer_figure_at on answer_figure (at);
create index answer_figure_in_base on answer_figure (knowledge_base_id, at);

create table answer_source (
    answer_id   uuid        not null references answer_figure (answer_id) on delete cascade,
    document_id uuid        not null,
    at          timestamptz not null,
    primary key (answer_id, document_id)
);
create index answer_source_of on answer_source (document_id, at);
create index answer_source_at on answer_source (at);

insert into answer_figure
select t.id, t.at, (t.trace ->> 'asker')::uuid,
    coalesce(
        (select d.knowledge_base_id from document d where d.id = (t.trace #>> '{passages,0,document}')::uuid),
        (t.trace #>> '{answer,sources,0,base}')::uuid,
        case when jsonb_array_length(t.trace -> 'bases') = 1 then (t.trace #>> '{bases,0}')::uuid end),
    case when t.trace -> 'forbidden' is null then coalesce(t.trace ->> 'outcome', 'answered') else 'forbidden' end,
    coalesce(jsonb_array_length(t.trace #> '{citationCheck,unsupported}'), 0),
    (t.trace #>> '{millis,firstToken}')::int + coalesce((t.trace #>> '{millis,question}')::int, 0)
        + coalesce((t.trace #>> '{millis,retrieve}')::int, 0) + coalesce((t.trace #>> '{millis,prompt}')::int, 0)
from answer_trace t
where t.trace ->> 'asker' ~ '^[0-9a-f-]{36}$';

insert into answer_source
select distinct t.id, (s ->> 'document')::uuid, t.at
from answer_trace t
join answer_figure f on f.answer_id = t.id
cross join lateral jsonb_array_elements(t.trace #> '{answer,sources}') s
where not coalesce((t.trace #>> '{answer,refused}')::boolean, false);
