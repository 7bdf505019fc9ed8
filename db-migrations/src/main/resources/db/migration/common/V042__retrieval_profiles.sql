-- Named ways to retrieve. The values of one never change: what was measured is what is made live.
create table retrieval_profile (
    id         uuid primary key,
    name       text        not null,
    profile    jsonb       not null,
    created_by text        not null,
    created_at timestamptz not null default now()
);
create unique index retrieval_profile_name on retrieval_profile (lower(name));

-- Which one was live since when, newest last; none, or one without an id, is what the settings say.
create table retrieval_profile_live (
    id         bigint generated always as identity primary key,
    profile_id uuid references retrieval_profile (id),
    -- whether the golden questions had to say yes
    gated      boolean     not null,
    made_by    text        not null,
    made_at    timestamptz not null default now()
);
