#!/bin/bash
# Run once by the database's image, when its volume is empty: Zhiwen's role owns Zhiwen's database and nothing else, and
# no other role comes in over the network.
set -euo pipefail
psql --username postgres --quiet --set ON_ERROR_STOP=1 --set password="$POSTGRES_PASSWORD" <<'SQL'
create role zhiwen login password :'password';
create database zhiwen owner zhiwen encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' template template0;
\connect zhiwen
create extension vector;
SQL
cat >"$PGDATA/pg_hba.conf" <<'HBA'
local all all peer
host zhiwen zhiwen all scram-sha-256
HBA
