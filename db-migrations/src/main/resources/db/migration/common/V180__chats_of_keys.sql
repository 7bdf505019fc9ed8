-- A service goes on with what it asked before: a chat belongs to a user or to a key.
alter table conversation alter column user_id drop not null;
alter table conversation add column key_id uuid references api_key (id) on delete cascade;
alter table conversation add constraint conversation_has_one_owner
    check (num_nonnulls(user_id, key_id) = 1);
create index conversation_of_key on conversation (key_id, updated_at desc) where key_id is not null;
