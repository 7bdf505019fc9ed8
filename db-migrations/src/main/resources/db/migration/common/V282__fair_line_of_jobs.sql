-- In which order files are taken: by turn, of which each job of one uploader gets a later one than the job before it,
-- so that many of one person's do not hold up the few of another. A job of an older version has turn 0.
alter table scheduled_tasks
    -- whose job it is, and how urgent: jobs of one lane stand behind each other
    add column lane    text     not null default '',
    add column turn    bigint   not null default 0,
    -- of two with the same turn the lower goes first
    add column urgency smallint not null default 0;

create index scheduled_tasks_line on scheduled_tasks (turn, urgency, execution_time, task_instance)
    where task_name = 'ingest' and not picked;
create index scheduled_tasks_in_work on scheduled_tasks (turn) where task_name = 'ingest' and picked;
create index scheduled_tasks_lane on scheduled_tasks (lane, turn) where task_name = 'ingest';
create index scheduled_tasks_chore on scheduled_tasks (execution_time) where task_name <> 'ingest';
-- nobody asks in that order any more
drop index scheduled_tasks_priority;
