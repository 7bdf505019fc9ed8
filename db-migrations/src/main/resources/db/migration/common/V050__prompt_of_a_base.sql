-- What admins tell the model for one base; empty means what is built in.
alter table knowledge_base
    add column prompt_role text not null default '',
    add column prompt_task text not null default '',
    add column prompt_requirements text not null default '',
    add column prompt_notes text not null default '';
