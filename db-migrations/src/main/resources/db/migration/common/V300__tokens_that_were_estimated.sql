-- Of the tokens read and written, those that no server counted: a safe estimate stands for them. Beside answers they
-- are now those of rewritten questions, summaries, suggestions, table queries and answers that were broken off, so that
-- a row may have no answer. A base of zeros stands for questions of which nothing was found over several bases.
alter table token_usage add column estimated_tokens bigint not null default 0;
