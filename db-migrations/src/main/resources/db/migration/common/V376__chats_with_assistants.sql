-- What a chat asked last through. An assistant that is gone is not there to be asked, as a base that is gone is not.
alter table conversation add column assistant_id uuid;
