-- A commit wakes the nodes that wait for it: their indexes, and their look at the queue. Triggers, so that no writer
-- can forget it; a transaction sends the same words only once.
create function wake_nodes() returns trigger language plpgsql as $$
begin
    perform pg_notify(tg_argv[0], '');
    return null;
end $$;
create trigger index_change_wakes after insert on index_change
    for each statement execute function wake_nodes('zhiwen_index');
create trigger scheduled_tasks_wakes after insert on scheduled_tasks
    for each statement execute function wake_nodes('zhiwen_job');
