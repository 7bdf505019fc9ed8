-- Chats on other pages. Each is a key whose secret nobody has; what stands in the page is its public name, good only
-- for asking, in the bases of the key, with the rights of everyone signed in or of one user.
create table widget (
    api_key_id uuid primary key references api_key (id) on delete cascade,
    public_key text   not null unique,
    -- the sites whose pages may show it, as browsers send them: scheme://host[:port]
    origins    text[] not null,
    -- whose rights it has; null for those of everyone signed in
    reader_id  uuid references app_user (id) on delete cascade
);
