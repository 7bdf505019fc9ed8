-- When somebody last read an answer that is being written: one that nobody reads is ended.
alter table running_answer add column read_at timestamptz not null default now();
