-- What a base does with personal numbers and secrets in its documents.
alter table knowledge_base
    add column sensitive_data text not null default 'flag'
        check (sensitive_data in ('flag', 'mask', 'refuse'));
