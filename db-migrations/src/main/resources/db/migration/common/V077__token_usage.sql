-- What chat models read and wrote, as their servers count it, by day (UTC), asker and base.
create table token_usage (
    day               date   not null,
    -- a person or an API key
    asker_id          uuid   not null,
    -- that of the best passage the model was given
    knowledge_base_id uuid   not null,
    prompt_tokens     bigint not null,
    answer_tokens     bigint not null,
    answers           bigint not null,
    primary key (day, asker_id, knowledge_base_id)
);
