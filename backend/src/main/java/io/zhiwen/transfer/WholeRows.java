package io.zhiwen.transfer;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of a whole installation, with all their ids, into an empty one.
final class WholeRows implements Rows {

    private final JdbcClient db;
    private final Manifest manifest;

    WholeRows(JdbcClient db, Manifest manifest) {
        this.db = db;
        this.manifest = manifest;
    }

    @Override
    public void requireFit() {
        List<String> used =
                Tables.MOVING.stream()
                        .sorted()
                        .filter(
                                table ->
                                        db.sql("select exists (select 1 from " + table + ")")
                                                .query(Boolean.class)
                                                .single())
                        .toList();
        if (!used.isEmpty()) {
            throw new TransferRefused(
                    "This Zhiwen is in use already (it has rows in %s). A whole export goes into an empty one: name another folder with --data, or another database."
                            .formatted(String.join(", ", used)));
        }
        Columns.requireKnown(db, manifest, Tables.MOVING);
    }

    @Override
    public String copyInto(Manifest.Table table) {
        return "copy %s (%s) from stdin"
                .formatted(table.name(), String.join(", ", table.columns()));
    }

    @Override
    public void finish() {
        goOnCounting();
        // whoever wrote them is not here
        db.sql(
                        """
                        update message set state = 'failed', note = 'error.interrupted'
                        where state = 'running'
                        """)
                .update();
    }

    @Override
    public @Nullable UUID base() {
        return null;
    }

    @Override
    public List<String> strangers() {
        return List.of();
    }

    private void goOnCounting() {
        String tables =
                Tables.MOVING.stream().map(t -> "'" + t + "'").collect(Collectors.joining(", "));
        db.sql(
                        """
                        select format('select setval(%L, (select max(%I) from %I))',
                            pg_get_serial_sequence(quote_ident(table_name), column_name),
                            column_name, table_name)
                        from information_schema.columns
                        where table_schema = current_schema() and is_identity = 'YES'
                          and table_name in (
                        """
                                + tables
                                + ")")
                .query(String.class)
                .list()
                .forEach(setval -> db.sql(setval).query((_, _) -> 1).list());
        db.sql("select setval('chunk_id', max(id)) from chunk having max(id) is not null")
                .query((_, _) -> 1)
                .list();
    }
}
