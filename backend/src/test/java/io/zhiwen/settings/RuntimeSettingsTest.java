package io.zhiwen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class RuntimeSettingsTest {

    private static final Principal.User ROOT = new Principal.User(UUID.randomUUID(), "root", true);
    private static final Principal.User MEI = new Principal.User(UUID.randomUUID(), "mei", false);

    private static final DataSource DATABASE = TestPostgres.fresh();

    private final JdbcClient db = JdbcClient.create(DATABASE);
    private final RuntimeSettings settings = empty();

    @Test
    void theEnvironmentWinsOverTheDatabaseAndThatOverWhatIsBuiltIn() {
        assertThat(settings.now(Setting.LIMIT_QUESTIONS).source()).isEqualTo(Source.DEFAULT);
        assertThat(settings.number(Setting.LIMIT_QUESTIONS)).isEqualTo(120);

        settings.change(ROOT, Map.of(Setting.LIMIT_QUESTIONS, "7"));
        var chosen = settings.now(Setting.LIMIT_QUESTIONS);
        assertThat(chosen.value()).isEqualTo("7");
        assertThat(chosen.source()).isEqualTo(Source.DATABASE);
        assertThat(chosen.changedBy()).isEqualTo("user:root");

        var other = started(Map.of("zhiwen.limits.questions", "9"));
        assertThat(other.number(Setting.LIMIT_QUESTIONS)).isEqualTo(9);
        assertThat(other.now(Setting.LIMIT_QUESTIONS).source()).isEqualTo(Source.ENVIRONMENT);
        assertThatThrownBy(() -> other.change(ROOT, Map.of(Setting.LIMIT_QUESTIONS, "8")))
                .isInstanceOfSatisfying(
                        SettingRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("environment"));
    }

    @Test
    void whatWasChosenHoldsAfterARestartUntilItIsPutBack() {
        settings.change(ROOT, Map.of(Setting.SESSION_IDLE, "90m"));
        assertThat(started(Map.of()).time(Setting.SESSION_IDLE)).isEqualTo(Duration.ofMinutes(90));

        assertThat(settings.reset(ROOT, Setting.SESSION_IDLE)).isEqualTo(1);
        assertThat(started(Map.of()).time(Setting.SESSION_IDLE)).isEqualTo(Duration.ofHours(2));
        assertThat(db.sql("select count(*) from setting").query(Long.class).single()).isZero();
    }

    @Test
    void ofSeveralAllAreChangedOrNone() {
        assertThatThrownBy(
                        () ->
                                settings.change(
                                        ROOT,
                                        Map.of(
                                                Setting.PRODUCT_NAME,
                                                "Archive",
                                                Setting.UPLOAD_MAX,
                                                "much")))
                .isInstanceOf(SettingRefused.class);
        assertThat(settings.text(Setting.PRODUCT_NAME)).isEmpty();
    }

    @Test
    void eachChangeIsAuditedOnceAndWhatIsNoChangeIsNot() {
        var logo = png(4);
        settings.change(ROOT, Map.of(Setting.UPLOAD_MAX, "300MB", Setting.PRODUCT_LOGO, logo));
        assertThat(settings.change(ROOT, Map.of(Setting.UPLOAD_MAX, "300 mb"))).isZero();

        assertThat(
                        db.sql(
                                        """
                                        select actor || ' ' || object || ' ' || (detail->>'from')
                                            || ' ' || (detail->>'to')
                                        from audit_event where action = 'setting.change'
                                        order by object
                                        """)
                                .query(String.class)
                                .list())
                .satisfiesExactly(
                        picture -> assertThat(picture).contains("image/png, 12 bytes,"),
                        size ->
                                assertThat(size)
                                        .isEqualTo(
                                                "user:root setting:zhiwen.upload.max 200MB 300MB"));
    }

    @Test
    void onlyAdminsSeeAndChangeThem() {
        assertThatThrownBy(() -> settings.all(MEI)).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> settings.change(MEI, Map.of(Setting.PRODUCT_NAME, "Mine")))
                .isInstanceOf(NotAllowed.class);
        assertThat(settings.text(Setting.PRODUCT_NAME)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LIMIT_REQUESTS, 0, 0",
        "LIMIT_REQUESTS, 007, 7",
        "UPLOAD_MAX, 1024 mb, 1GB",
        "SESSION_IDLE, 120m, 2h",
        "DELETED_KEPT, 0s, 0s",
        "ATTACHED_KEPT, 36h, 36h",
        "PRODUCT_COLOUR, #8A1C3B, #8a1c3b",
        "PRODUCT_LANGUAGE, zh, zh",
        "PRODUCT_NAME, ' Our  Archive ', 'Our  Archive'"
    })
    void aValueIsKeptInOneWayOfWriting(Setting setting, String given, String kept) {
        settings.change(ROOT, Map.of(setting, given));
        assertThat(settings.text(setting)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "LIMIT_REQUESTS, -1, count",
        "LIMIT_REQUESTS, 1e3, count",
        "LIMIT_REQUESTS, 1000001, count",
        "UPLOAD_MAX, 0, size",
        "UPLOAD_MAX, 3GB, size",
        "UPLOAD_MAX, 99999999999999GB, size",
        "SESSION_IDLE, 10s, time",
        "SESSION_IDLE, 2 fortnights, time",
        "SESSION_IDLE, 99999999999999999d, time",
        "PRODUCT_COLOUR, blue, colour",
        "PRODUCT_COLOUR, #ffd000, contrast",
        "PRODUCT_LANGUAGE, fr, choice",
        "PRODUCT_LOGO, 'data:image/svg+xml;base64,PHN2Zy8+', image",
        "PRODUCT_LOGO, https://example.org/logo.png, image"
    })
    void whatASettingDoesNotTakeIsRefused(Setting setting, String given, String code) {
        assertThatThrownBy(() -> settings.change(ROOT, Map.of(setting, given)))
                .isInstanceOfSatisfying(
                        SettingRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
        assertThat(settings.now(setting).source()).isEqualTo(Source.DEFAULT);
    }

    @Test
    void aPictureIsWhatItsBytesSayAndNoLargerThanIsTaken() {
        var svg = "<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8);
        var disguised = "data:image/png;base64," + Base64.getEncoder().encodeToString(svg);
        assertThatThrownBy(() -> settings.change(ROOT, Map.of(Setting.PRODUCT_LOGO, disguised)))
                .isInstanceOf(SettingRefused.class);
        assertThatThrownBy(
                        () -> settings.change(ROOT, Map.of(Setting.PRODUCT_LOGO, png(90 * 1024))))
                .isInstanceOf(SettingRefused.class);
        var misnamed = png(4).replace("image/png", "image/jpeg");
        settings.change(ROOT, Map.of(Setting.PRODUCT_LOGO, misnamed));
        assertThat(settings.text(Setting.PRODUCT_LOGO)).isEqualTo(png(4));
    }

    @Test
    void aRowThatThisVersionDoesNotTakeIsLeftAside() {
        db.sql(
                        """
                        insert into setting (key, value, changed_by) values
                            ('zhiwen.limits.questions', 'many', 'user:later'),
                            ('zhiwen.of.another.version', 'x', 'user:later')
                        """)
                .update();
        assertThat(started(Map.of()).number(Setting.LIMIT_QUESTIONS)).isEqualTo(120);
    }

    @Test
    void whatTheEnvironmentSaysMustBeUsableAndAnEmptyWordSaysNothing() {
        assertThat(started(Map.of("zhiwen.upload.max", "5GB")).bytes(Setting.UPLOAD_MAX))
                .isEqualTo(5L << 30);
        assertThat(started(Map.of("zhiwen.upload.max", " ")).bytes(Setting.UPLOAD_MAX))
                .isEqualTo(200L << 20);
        assertThatThrownBy(() -> started(Map.of("zhiwen.sessions.idle", "soon")))
                .hasMessage("zhiwen.sessions.idle cannot be soon");
    }

    private RuntimeSettings empty() {
        db.sql(
                        """
                        truncate setting;
                        alter table audit_event disable trigger user;
                        truncate audit_event;
                        alter table audit_event enable trigger user
                        """)
                .update();
        return started(Map.of());
    }

    private RuntimeSettings started(Map<String, String> environment) {
        var tx = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
        return new RuntimeSettings(new SettingStore(db, tx, new Audit(db)), environment::get);
    }

    private static String png(int more) {
        var bytes = new byte[8 + more];
        System.arraycopy(HexFormat.of().parseHex("89504e470d0a1a0a"), 0, bytes, 0, 8);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
