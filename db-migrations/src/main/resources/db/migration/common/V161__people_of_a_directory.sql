-- Who signs in at the company's own directory (OpenID Connect) is known by its issuer and subject, and is in the groups
-- the directory says; those given here stay.
alter table app_user add column directory_id text unique;
alter table user_group_member add column by_directory boolean not null default false;
