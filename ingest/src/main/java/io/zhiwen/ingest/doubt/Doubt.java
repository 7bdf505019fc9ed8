package io.zhiwen.ingest.doubt;

import io.zhiwen.ingest.parse.Finding;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Why a version is held for review. Pages say it under the key `doubt.<code>`.
public enum Doubt {
    /// Numbers of ID cards or bank cards, keys or passwords.
    SENSITIVE_DATA(Finding.Kind.ID_CARDS, Finding.Kind.BANK_CARDS, Finding.Kind.SECRETS),
    /// What a reader of the page does not see: white, tiny or outside of it, or of characters that
    /// show nothing or turn the direction of writing.
    HIDDEN_TEXT(Finding.Kind.HIDDEN_TEXT, Finding.Kind.HIDDEN_CHARACTERS),
    /// Pages that could not be read, hardly any text, a wrong encoding, repetition.
    POOR_QUALITY(
            Finding.Kind.POORLY_LEGIBLE,
            Finding.Kind.UNREAD_WITHOUT_OCR,
            Finding.Kind.UNREAD,
            Finding.Kind.UNREAD_BY_MODEL,
            Finding.Kind.UNREADABLE_LETTERS,
            Finding.Kind.LITTLE_TEXT,
            Finding.Kind.MOJIBAKE,
            Finding.Kind.REPETITION),
    /// Another document of the base says nearly the same.
    NEAR_DUPLICATE,
    /// A source brought it, or somebody who does not manage the base.
    UNMANAGED,
    /// Somebody put the document into quarantine.
    BY_HAND,
    /// The same version was rejected, and read again since.
    REJECTED_BEFORE;

    /// Those a base may be told to hold versions back for.
    public static final List<Doubt> CHOICES =
            List.of(SENSITIVE_DATA, HIDDEN_TEXT, POOR_QUALITY, NEAR_DUPLICATE, UNMANAGED);

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final Set<Finding.Kind> kinds;

    Doubt(Finding.Kind... kinds) {
        Set<Finding.Kind> all = EnumSet.noneOf(Finding.Kind.class);
        all.addAll(Arrays.asList(kinds));
        this.kinds = Set.copyOf(all);
    }

    /// As the database, the API and the message keys write it, e.g. `near-duplicate`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// One of `CHOICES`; empty for a word that is none.
    public static Optional<Doubt> chosen(String code) {
        return CHOICES.stream().filter(doubt -> doubt.code().equals(code)).findFirst();
    }

    boolean isRaisedBy(Finding finding) {
        return kinds.contains(finding.kind());
    }
}
