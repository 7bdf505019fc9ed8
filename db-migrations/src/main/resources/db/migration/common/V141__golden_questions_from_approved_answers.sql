-- A golden question may come from an approved answer.
alter table golden_question
    drop constraint golden_question_source_check,
    add constraint golden_question_source_check check (source in ('written', 'chat', 'imported', 'approved'));
