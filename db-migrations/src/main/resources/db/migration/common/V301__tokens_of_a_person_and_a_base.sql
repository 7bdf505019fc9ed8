-- What one person may use of chat models a day, and what all may use in one base; null where the settings say it.
alter table app_user add column tokens_per_day bigint check (tokens_per_day > 0);
alter table knowledge_base add column tokens_per_day bigint check (tokens_per_day > 0);
