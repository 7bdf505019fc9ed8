-- Somebody has stopped the work on files, of one base or of all, and says why.
create table ingest_pause (
    -- null: all of them
    knowledge_base_id uuid unique nulls not distinct references knowledge_base (id) on delete cascade,
    reason            text        not null,
    paused_by         text        not null,
    paused_at         timestamptz not null default now()
);

-- whose base is paused stands aside, so that nobody who takes a job walks over it
alter table scheduled_tasks
    add column base_id uuid,
    add column held    boolean not null default false;
update scheduled_tasks t set base_id = d.knowledge_base_id
from document_version v join document d on d.id = v.document_id
where t.task_name = 'ingest' and v.job::text = t.task_instance;

drop index scheduled_tasks_line;
create index scheduled_tasks_line on scheduled_tasks (turn, urgency, execution_time, task_instance)
    where task_name = 'ingest' and not picked and not held;
create index scheduled_tasks_base on scheduled_tasks (base_id) where task_name = 'ingest';
