package io.zhiwen.conversation.training;

import io.zhiwen.ingest.clean.Sensitive;
import io.zhiwen.ingest.parse.Finding;
import java.util.regex.Pattern;

/// Takes out of texts what names a person or opens a door, and counts it: what `Sensitive` finds in
/// documents, and by their form alone keys and identity cards. It finds most, not all. For one
/// thread.
final class Masking {

    private static final Pattern KEY =
            Pattern.compile(
                    "(?<![\\w-])(?:(?:sk|pk|rk|zw|ghp|gho|xox[abp]|AKIA)[-_]?[A-Za-z0-9_-]{16,}"
                            + "|[A-Fa-f0-9]{32,}|eyJ[\\w-]{10,}\\.[\\w-]+\\.[\\w-]+)(?![\\w-])");
    private static final Pattern IDENTITY =
            Pattern.compile(
                    "(?<!\\d)[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])"
                            + "(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx](?!\\d)");

    private int count;

    String of(String text) {
        String masked = Sensitive.replaced(text, kind -> counted(label(kind)));
        masked = KEY.matcher(masked).replaceAll(_ -> counted("<KEY>"));
        return IDENTITY.matcher(masked).replaceAll(_ -> counted("<ID>"));
    }

    /// Of all texts so far.
    int count() {
        return count;
    }

    private String counted(String label) {
        count++;
        return label;
    }

    private static String label(Finding.Kind kind) {
        return switch (kind) {
            case ID_CARDS -> "<ID>";
            case BANK_CARDS -> "<CARD>";
            case PHONE_NUMBERS -> "<PHONE>";
            case EMAIL_ADDRESSES -> "<EMAIL>";
            default -> "<KEY>";
        };
    }
}
