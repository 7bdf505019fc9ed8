-- How a model server chooses its words; what is null is not sent, or is as the environment says.
alter table model_server add column temperature double precision check (temperature between 0 and 2);
alter table model_server add column top_p double precision check (top_p > 0 and top_p <= 1);
alter table model_server add column seed bigint;
