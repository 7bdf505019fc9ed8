-- An audit row is written once. The one change that is left is its sealing; nothing deletes rows. Whoever owns the
-- database can take the triggers off, and the chain shows what was done then.
create function audit_event_only_grows() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.link is null and new.link is not null
            and (new.id, new.at, new.actor, new.action, new.object, new.detail)
                = (old.id, old.at, old.actor, old.action, old.object, old.detail) then
            return new;
        end if;
    end if;
    raise exception 'the audit trail only grows' using errcode = 'insufficient_privilege';
end;
$$;

create trigger audit_event_rows_stay before update or delete on audit_event
    for each row execute function audit_event_only_grows();
create trigger audit_event_stays before truncate on audit_event
    for each statement execute function audit_event_only_grows();
