-- Who waits for a table holds up all who come after; so a migration soon gives up, and is tried again.
set local lock_timeout = '3s';
