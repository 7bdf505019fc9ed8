-- Each audit row is sealed soon after it was written: its link counts up without a gap, and its hash is made of the hash
-- of the link before and all that the row says. A changed, added or removed row is found by counting again.
alter table audit_event
    add column link bigint unique,
    add column hash bytea,
    add check ((link is null) = (hash is null));
create index audit_event_unsealed on audit_event (id) where link is null;
create index audit_event_by_actor on audit_event (actor, id);
