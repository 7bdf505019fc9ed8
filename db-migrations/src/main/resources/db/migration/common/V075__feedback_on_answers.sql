-- What readers think of answers: one verdict a reader and answer, with what was asked and answered as it was, so that
-- it outlives a chat that is answered again or deleted. A trace says whose answer it was and what that said.
create table answer_feedback (
    id                 uuid primary key,
    -- the trace of the answer
    answer_id          uuid        not null,
    -- a person or an API key
    reader_id          uuid        not null,
    reader             text        not null,
    good               boolean     not null,
    reason             text check (reason in ('wrong', 'incomplete', 'sources', 'outdated', 'unclear', 'other')),
    comment            text        not null default '',
    -- what the reader would have answered
    correction         text        not null default '',
    question           text        not null,
    answer             text        not null,
    refused            boolean     not null,
    -- [{number, base, document, version, name, page, text}] as the answer cited them
    sources            jsonb       not null,
    knowledge_base_ids uuid[]      not null,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    unique (answer_id, reader_id)
);
create index answer_feedback_at on answer_feedback (created_at desc, id desc);

update answer_trace t
set trace = t.trace || jsonb_build_object(
    'asker', c.user_id,
    'answer', jsonb_build_object(
        'text', m.text,
        'refused', m.refused,
        'sources', coalesce(
            (select jsonb_agg(jsonb_build_object(
                 'number', s.number, 'base', s.knowledge_base_id, 'document', s.document_id, 'version', s.version,
                 'name', s.document_name, 'page', s.page, 'text', s.text) order by s.number)
             from message_citation s where s.message_id = m.id), '[]')))
from message m join conversation c on c.id = m.conversation_id
where m.trace_id = t.id and m.state in ('complete', 'stopped');
