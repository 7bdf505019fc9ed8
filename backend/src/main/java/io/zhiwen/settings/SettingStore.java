package io.zhiwen.settings;

import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.node.Channel;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// What admins chose, in the database. What is as it is built in has no row.
public final class SettingStore {

    private static final Logger LOG = LoggerFactory.getLogger(SettingStore.class);
    private static final Map<String, Setting> BY_KEY =
            Arrays.stream(Setting.values())
                    .collect(Collectors.toMap(Setting::key, Function.identity()));

    /// @param by who chose it, as an audit row names them
    record Chosen(String value, String by, Instant at) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;

    public SettingStore(JdbcClient db, TransactionOperations transaction, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
    }

    /// A row that an older or newer Zhiwen wrote and this one does not take is left aside.
    Map<Setting, Chosen> read() {
        Map<Setting, Chosen> all = new EnumMap<>(Setting.class);
        db.sql("select key, value, changed_by, changed_at from setting")
                .query(
                        row -> {
                            var setting = BY_KEY.get(row.getString("key"));
                            var value = row.getString("value");
                            if (setting != null && isTaken(setting, value)) {
                                all.put(
                                        setting,
                                        new Chosen(
                                                value,
                                                row.getString("changed_by"),
                                                row.getObject("changed_at", OffsetDateTime.class)
                                                        .toInstant()));
                            }
                        });
        return all;
    }

    /// @param values as they are kept
    /// @return how many were something else before
    int put(Principal admin, Map<Setting, String> values) {
        return transaction.execute(
                _ -> {
                    int changed = 0;
                    for (var one : values.entrySet()) {
                        changed += put(admin, one.getKey(), one.getValue()) ? 1 : 0;
                    }
                    if (changed > 0) {
                        tellTheNodes();
                    }
                    return changed;
                });
    }

    private boolean put(Principal admin, Setting setting, String value) {
        String before =
                db.sql("select value from setting where key = :key for update")
                        .param("key", setting.key())
                        .query(String.class)
                        .optional()
                        .orElse(setting.standard());
        if (value.equals(before)) {
            return false;
        }
        if (value.equals(setting.standard())) {
            db.sql("delete from setting where key = :key").param("key", setting.key()).update();
        } else {
            db.sql(
                            """
                            insert into setting (key, value, changed_by) values (:key, :value, :by)
                            on conflict (key) do update set value = excluded.value,
                                changed_by = excluded.changed_by, changed_at = now()
                            """)
                    .param("key", setting.key())
                    .param("value", value)
                    .param("by", admin.label())
                    .update();
        }
        audit.record(
                admin,
                "setting.change",
                "setting:" + setting.key(),
                Map.of("from", setting.kind().told(before), "to", setting.kind().told(value)));
        return true;
    }

    private void tellTheNodes() {
        db.sql("select pg_notify(:channel, '')")
                .param("channel", Channel.SETTING.sqlName())
                .query((_, _) -> true)
                .single();
    }

    private static boolean isTaken(Setting setting, String value) {
        try {
            return setting.kind().read(value).equals(value);
        } catch (SettingRefused refused) {
            LOG.warn("{} in the database is not usable: {}", setting.key(), refused.getMessage());
            return false;
        }
    }
}
