-- What managers suggest asking first; null for questions made from the headings of the documents.
alter table knowledge_base
    add column first_questions text[];
