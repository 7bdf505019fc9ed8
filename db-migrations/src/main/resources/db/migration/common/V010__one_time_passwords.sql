-- A password an admin set is good for one sign-in; every change of a password ends its sessions.
alter table app_user add column one_time_password boolean not null default false;
alter table app_user add column credentials int not null default 0;
