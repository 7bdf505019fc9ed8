package io.zhiwen.settings;

import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.dao.DataAccessException;
import org.springframework.util.unit.DataSize;

/// Settings as they hold now: what the environment says, else what an admin chose, else what is
/// built in. Other nodes are told of a change and look at once; without a word they look twice a
/// minute. While the database is away, what was known last holds. Safe for concurrent use.
public final class RuntimeSettings {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeSettings.class);
    private static final long GOOD_FOR = Duration.ofSeconds(30).toNanos();

    private final SettingStore store;
    private final Map<Setting, String> environment = new EnumMap<>(Setting.class);
    private final AtomicLong lookedAt = new AtomicLong();
    private volatile Map<Setting, SettingStore.Chosen> chosen = Map.of();

    /// @param environment what it says of a name, null where it says nothing; asked once
    /// @throws IllegalStateException when what it says cannot be
    public RuntimeSettings(SettingStore store, Function<String, @Nullable String> environment) {
        this.store = store;
        for (Setting setting : Setting.values()) {
            String given = environment.apply(setting.key());
            if (given != null && !given.isBlank()) {
                this.environment.put(setting, usable(setting, given));
            }
        }
        look();
    }

    /// With where it comes from.
    public SettingRow now(Setting setting) {
        lookNowAndThen();
        return row(setting);
    }

    public String text(Setting setting) {
        return now(setting).value();
    }

    /// Of a setting that is a number.
    public long number(Setting setting) {
        return Long.parseLong(text(setting));
    }

    /// Of a setting that is an amount of bytes.
    public long bytes(Setting setting) {
        return DataSize.parse(text(setting)).toBytes();
    }

    /// Of a setting that is a stretch of time.
    public Duration time(Setting setting) {
        return DurationStyle.detectAndParse(text(setting));
    }

    /// All of them, in their order, as the database has them now.
    ///
    /// @throws NotAllowed for others than admins
    public List<SettingRow> all(Principal admin) {
        mustBeAdmin(admin);
        look();
        return Arrays.stream(Setting.values()).map(this::row).toList();
    }

    /// All of these or none.
    ///
    /// @return how many were something else before
    /// @throws SettingRefused when one does not take its value, or the environment says it
    /// @throws NotAllowed for others than admins
    public int change(Principal admin, Map<Setting, String> wanted) {
        mustBeAdmin(admin);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        wanted.forEach(
                (setting, given) -> {
                    mustBeOpen(setting);
                    values.put(setting, setting.kind().read(given.strip()));
                });
        int changed = store.put(admin, values);
        look();
        return changed;
    }

    /// Back to what is built in.
    ///
    /// @throws SettingRefused when the environment says it
    /// @throws NotAllowed for others than admins
    public int reset(Principal admin, Setting setting) {
        return change(admin, Map.of(setting, setting.standard()));
    }

    /// Reads what the database has; one after the other, so that nobody puts an older state over a
    /// newer one.
    public synchronized void look() {
        chosen = store.read();
        lookedAt.set(System.nanoTime());
    }

    private static void mustBeAdmin(Principal admin) {
        NotAllowed.unlessAdmin(admin, "settings are for admins");
    }

    private void mustBeOpen(Setting setting) {
        if (environment.containsKey(setting)) {
            throw SettingRefused.byTheEnvironment();
        }
    }

    private SettingRow row(Setting setting) {
        String given = environment.get(setting);
        if (given != null) {
            return new SettingRow(setting, given, Source.ENVIRONMENT, null, null);
        }
        SettingStore.Chosen one = chosen.get(setting);
        return one == null
                ? new SettingRow(setting, setting.standard(), Source.DEFAULT, null, null)
                : new SettingRow(setting, one.value(), Source.DATABASE, one.by(), one.at());
    }

    /// One thread does, and nobody waits for it.
    private void lookNowAndThen() {
        long last = lookedAt.get();
        long now = System.nanoTime();
        if (now - last < GOOD_FOR || !lookedAt.compareAndSet(last, now)) {
            return;
        }
        try {
            look();
        } catch (DataAccessException e) {
            LOG.warn("the settings known last still hold: {}", e.getMessage());
        }
    }

    private static String usable(Setting setting, String given) {
        try {
            return setting.kind().readOfEnvironment(given.strip());
        } catch (SettingRefused refused) {
            throw new IllegalStateException(setting.key() + " cannot be " + given, refused);
        }
    }
}
