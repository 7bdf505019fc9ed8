package io.zhiwen.ingest.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The role that readers' queries run under: it owns nothing, and so row-level security holds it.
///
/// @param name made of that of the login, so that two installations on a server do not share one
/// @param missing why there is none; null when there is
record ReaderRole(String name, @Nullable String missing) {

    private static final String DUPLICATE = "42710";
    private static final String MAY_NOT = "42501";

    private static final String NAME = "select left(current_user, 56) || '_reader'";

    /// What readers' queries name. A table that is not here cannot be read by them at all.
    private static final String MAKE =
            """
            do $$
            declare
                reader text := left(current_user, 56) || '_reader';
            begin
                perform pg_advisory_xact_lock(hashtext('zhiwen reader'));
                if not exists (select from pg_roles where rolname = reader) then
                    execute format('create role %I nologin', reader);
                    execute format('grant %I to %I', reader, current_user);
                end if;
                execute format('grant usage on schema %I to %I', current_schema(), reader);
                execute format('grant select on knowledge_base, document, document_version,'
                    ' document_content, document_figure, scanned_page, chunk, data_table, data_column, data_row,'
                    ' base_field, document_field to %I', reader);
                execute format('grant select (id, name) on app_user to %I', reader);
                execute format('grant select (id, parent_id, name) on folder to %I', reader);
                execute format('grant select (tx, document_id, acl_only) on index_change to %I',
                    reader);
                if to_regclass('chunk_halfvec') is not null then
                    execute format('grant select on chunk_halfvec to %I', reader);
                end if;
            end $$
            """;

    /// Whether the wall stands before whoever has this role.
    private static final String HELD =
            """
            select bool_and(row_security_active(walled)) from unnest(array[
                'knowledge_base', 'document', 'document_version', 'document_content',
                'document_figure', 'scanned_page', 'chunk', 'data_table', 'data_column', 'data_row', 'base_field',
                'document_field']) as t (walled)
            """;

    /// Makes it where it is not there and this login may.
    static ReaderRole in(DataSource database) {
        JdbcClient db = JdbcClient.create(database);
        String name = db.sql(NAME).query(String.class).single();
        try {
            make(db);
            return new ReaderRole(name, isHeld(database, name) ? null : name + " bypasses it");
        } catch (DataAccessException e) {
            if (!is(MAY_NOT, e)) {
                throw e;
            }
            return new ReaderRole(
                    name,
                    "this login has no role %1$s to read under, and may not make it (as a superuser: create role %1$s nologin; grant %1$s to <the login>): %2$s"
                            .formatted(name, e.getMostSpecificCause().getMessage()));
        }
    }

    /// Another installation on the same server may make the same role at the same moment.
    private static void make(JdbcClient db) {
        try {
            db.sql(MAKE).update();
        } catch (DataAccessException e) {
            if (!is(DUPLICATE, e)) {
                throw e;
            }
            db.sql(MAKE).update();
        }
    }

    private static boolean is(String state, DataAccessException e) {
        return e.getMostSpecificCause() instanceof SQLException sql
                && state.equals(sql.getSQLState());
    }

    private static boolean isHeld(DataSource database, String name) {
        return ReaderDatabase.reading(database)
                .execute(
                        _ -> {
                            JdbcClient db = JdbcClient.create(database);
                            db.sql("select set_config('role', ?, true)")
                                    .param(name)
                                    .query(String.class)
                                    .single();
                            return db.sql(HELD).query(Boolean.class).single();
                        });
    }
}
