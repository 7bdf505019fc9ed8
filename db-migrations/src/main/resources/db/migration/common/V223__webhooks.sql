-- Addresses that are told what happens, and what is still to be told them. What happens writes down in its own
-- transaction whom to tell (triggers, so that no writer can forget it): nothing is told that did not happen, and
-- nothing that happened is forgotten. Files of one chat alone, and what was asked over them, are told nobody.
create table webhook (
    id            uuid primary key,
    name          text        not null,
    url           text        not null,
    -- signs what is sent
    sealed_secret bytea       not null,
    events        text[]      not null,
    -- of every base; otherwise of those in webhook_base
    all_bases     boolean     not null,
    created_by    text        not null,
    created_at    timestamptz not null default now()
);
create table webhook_base (
    webhook_id        uuid not null references webhook (id) on delete cascade,
    knowledge_base_id uuid not null references knowledge_base (id) on delete cascade,
    primary key (webhook_id, knowledge_base_id)
);
create table webhook_delivery (
    id           uuid primary key default gen_random_uuid(),
    webhook_id   uuid        not null references webhook (id) on delete cascade,
    event        text        not null,
    data         jsonb       not null,
    at           timestamptz not null default now(),
    tries        int         not null default 0,
    -- when it is tried next; null when it was delivered or given up
    due_at       timestamptz default now(),
    delivered_at timestamptz,
    -- what the last try said: a status, or why there was none
    status       int,
    failure      text
);
create index webhook_delivery_due on webhook_delivery (due_at) where due_at is not null;
create index webhook_delivery_of on webhook_delivery (webhook_id, at desc);

create function tell_webhooks(event text, base uuid, data jsonb) returns void language sql as $$
    insert into webhook_delivery (webhook_id, event, data)
    select w.id, event, data from webhook w
    where event = any(w.events) and (w.all_bases or exists (
        select 1 from webhook_base b where b.webhook_id = w.id and b.knowledge_base_id = base))
$$;

create function tell_of_document() returns trigger language plpgsql as $$
begin
    perform tell_webhooks('document.' || new.status, d.knowledge_base_id, jsonb_build_object(
        'document_id', d.id, 'version', new.version, 'name', new.file_name,
        'knowledge_base_id', d.knowledge_base_id,
        'reason', case when new.status = 'failed' then lower(replace(new.reason_code, '_', '-')) end))
    from document d join knowledge_base b on b.id = d.knowledge_base_id and not b.chat_only
    where d.id = new.document_id and d.deleted_at is null;
    return null;
end $$;
create trigger document_version_tells after update of status on document_version
    for each row when (new.status in ('ready', 'failed') and new.status is distinct from old.status)
    execute function tell_of_document();

create function tell_of_question() returns trigger language plpgsql as $$
begin
    perform tell_webhooks('question.unanswered', new.knowledge_base_id, jsonb_build_object(
        'question', coalesce(t.trace ->> 'searched', t.question), 'answer_id', t.id,
        'knowledge_base_id', new.knowledge_base_id))
    from answer_trace t where t.id = new.answer_id and not exists (
        select 1 from jsonb_array_elements_text(t.trace -> 'bases') a (id)
        left join knowledge_base b on b.id = a.id::uuid where b.id is null or b.chat_only);
    return null;
end $$;
-- rows that an import brings tell of the past
create trigger answer_figure_tells after insert on answer_figure
    for each row when (new.outcome = 'refused' and new.at > now() - interval '1 hour')
    execute function tell_of_question();
