-- What an admin wrote in the place of an answer that was rated; it goes before the reader's own correction.
alter table answer_feedback add column revision text not null default '';
alter table answer_feedback add column revised_by text;
alter table answer_feedback add column revised_at timestamptz;
