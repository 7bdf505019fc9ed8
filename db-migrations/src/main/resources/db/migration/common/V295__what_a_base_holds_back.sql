-- Which doubts a base holds new versions back for; none unless somebody chose some.
alter table knowledge_base add column holds text[] not null default '{}';

-- brought by a source, or by somebody who does not manage the base
alter table document_version add column unmanaged boolean not null default false;
