-- What a model may spend on questions of a base's passages, a day and for one document; null: none are made.
alter table knowledge_base
    add column question_tokens_per_day      int check (question_tokens_per_day > 0),
    add column question_tokens_per_document int check (question_tokens_per_document > 0);
