-- What one key may use; null where the settings say it.
alter table api_key
    add column requests_per_minute integer check (requests_per_minute > 0),
    add column tokens_per_day      bigint check (tokens_per_day > 0);
