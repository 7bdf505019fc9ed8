package io.zhiwen.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.util.unit.DataSize;

/// What can be changed while the product runs.
public enum Setting {
    /// What the product is called; empty for its own name in each language.
    PRODUCT_NAME(Group.LOOK, "zhiwen.product.name", "", new Kind.Text(40)),
    PRODUCT_COLOUR(Group.LOOK, "zhiwen.product.colour", "", new Kind.Colour()),
    PRODUCT_LOGO(Group.LOOK, "zhiwen.product.logo", "", new Kind.Image(DataSize.ofKilobytes(90))),
    /// Of pages, for whoever has chosen none; `auto` goes by the browser.
    PRODUCT_LANGUAGE(
            Group.LOOK,
            "zhiwen.product.language",
            "auto",
            new Kind.Choice(List.of("auto", "zh", "en"))),
    /// Shown above every page to whoever is signed in, until they put it away; empty for none.
    ANNOUNCEMENT(Group.LOOK, "zhiwen.product.announcement", "", new Kind.Text(300)),
    ASSISTANT_NAME(Group.ANSWERS, "zhiwen.assistant.name", "", new Kind.Text(60)),
    ASSISTANT_ABOUT(Group.ANSWERS, "zhiwen.assistant.about", "", new Kind.Text(2_000)),
    QUESTION_LENGTH(
            Group.ANSWERS, "zhiwen.question.max-characters", "4000", new Kind.Count(100, 100_000)),
    TOKENS_PER_DAY(
            Group.ANSWERS, "zhiwen.tokens.per-day", "0", new Kind.Count(0, 999_999_999_999L)),
    UPLOAD_MAX(
            Group.LIMITS,
            "zhiwen.upload.max",
            "200MB",
            new Kind.Size(DataSize.ofKilobytes(1), DataSize.ofGigabytes(2))),
    LIMIT_REQUESTS(Group.LIMITS, "zhiwen.limits.requests", "1200", new Kind.Count(0, 1_000_000)),
    LIMIT_QUESTIONS(Group.LIMITS, "zhiwen.limits.questions", "120", new Kind.Count(0, 1_000_000)),
    LIMIT_UPLOADS(Group.LIMITS, "zhiwen.limits.uploads", "1200", new Kind.Count(0, 1_000_000)),
    LIMIT_STRANGERS(Group.LIMITS, "zhiwen.limits.strangers", "120", new Kind.Count(0, 1_000_000)),
    SESSION_IDLE(
            Group.KEPT,
            "zhiwen.sessions.idle",
            "2h",
            new Kind.Time(Duration.ofMinutes(5), Duration.ofDays(30))),
    ATTACHED_KEPT(
            Group.KEPT,
            "zhiwen.upload.keep-attached",
            "7d",
            new Kind.Time(Duration.ofMinutes(1), Duration.ofDays(3650))),
    DELETED_KEPT(
            Group.KEPT,
            "zhiwen.ingest.purge-after",
            "1h",
            new Kind.Time(Duration.ZERO, Duration.ofDays(3650)));

    /// What belongs together on a page.
    public enum Group {
        LOOK,
        ANSWERS,
        LIMITS,
        KEPT
    }

    private final Group group;
    private final String key;
    private final String standard;

    @SuppressWarnings("ImmutableEnumChecker") // records of constants
    private final Kind kind;

    Setting(Group group, String key, String standard, Kind kind) {
        this.group = group;
        this.key = key;
        this.standard = standard;
        this.kind = kind;
    }

    public Group group() {
        return group;
    }

    /// As the environment and REST name it.
    public String key() {
        return key;
    }

    /// What holds unless somebody says otherwise.
    public String standard() {
        return standard;
    }

    public Kind kind() {
        return kind;
    }

    /// @throws NoSuchSetting when there is none of this name
    public static Setting of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new NoSuchSetting(key));
    }
}
