-- What the managers of a base do not want talked about there, a rule a line.
alter table knowledge_base
    add column forbidden_topics text not null default '',
    add column forbidden_phrases text not null default '',
    add column forbidden_patterns text not null default '',
    add column forbidden_likeness double precision not null default 0.75,
    add column forbidden_reply text not null default '';
