package io.zhiwen.transfer;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Names in an export become part of statements only after they were found in this database.
final class Columns {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private Columns() {}

    /// An older export may lack columns, which then get their defaults; none has more.
    static void requireKnown(JdbcClient db, Manifest manifest, Set<String> tables) {
        for (Manifest.Table table : manifest.tables()) {
            var known = tables.contains(table.name()) ? Tables.columns(db, table.name()) : null;
            if (known == null || !NAME.matcher(table.name()).matches()) {
                throw new TransferRefused("The export has an unknown table " + table.name() + ".");
            }
            for (String column : table.columns()) {
                if (!known.contains(column) || !NAME.matcher(column).matches()) {
                    throw new TransferRefused(
                            "The export has an unknown column %s.%s."
                                    .formatted(table.name(), column));
                }
            }
        }
    }
}
