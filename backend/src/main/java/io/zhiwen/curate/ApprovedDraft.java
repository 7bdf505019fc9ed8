package io.zhiwen.curate;

import io.zhiwen.curate.ApprovedRefused.Reason;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An approved answer as somebody writes it.
///
/// @param questions ways to ask for it, the first names it
/// @param text Markdown; `[n]` cites the nth source
/// @param sources what it rests on
/// @param expiresOn the last day it is given; null for ever
public record ApprovedDraft(
        List<String> questions, String text, List<Source> sources, @Nullable LocalDate expiresOn) {

    private static final int MOST_QUESTIONS = 50;
    private static final int LONGEST_QUESTION = 1000;
    private static final int LONGEST_TEXT = 20_000;
    private static final int MOST_SOURCES = 20;
    private static final int LONGEST_QUOTE = 4000;
    private static final Pattern CITES = Pattern.compile("\\[(\\d{1,3})]");

    /// A document, and words of it that bear the answer out; empty for its beginning.
    public record Source(UUID document, String quote) {
        public Source {
            quote = clean(quote);
        }
    }

    public ApprovedDraft {
        questions =
                questions.stream()
                        .map(ApprovedDraft::clean)
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList();
        text = text.replace('\u0000', ' ').strip();
        sources = sources.stream().distinct().toList();
    }

    /// @throws ApprovedRefused when it cannot be given
    void check() {
        if (questions.isEmpty() || !questions.stream().allMatch(ApprovedDraft::hasWords)) {
            throw ApprovedRefused.because(Reason.NO_QUESTION);
        }
        if (!hasWords(text)) {
            throw ApprovedRefused.because(Reason.NO_TEXT);
        }
        if (sources.isEmpty()) {
            throw ApprovedRefused.because(Reason.NO_SOURCE);
        }
        if (questions.size() > MOST_QUESTIONS
                || questions.stream().anyMatch(one -> one.length() > LONGEST_QUESTION)
                || text.length() > LONGEST_TEXT
                || sources.size() > MOST_SOURCES
                || sources.stream().anyMatch(one -> one.quote().length() > LONGEST_QUOTE)) {
            throw ApprovedRefused.because(Reason.TOO_LONG);
        }
        Matcher cited = CITES.matcher(text);
        while (cited.find()) {
            int number = Integer.parseInt(cited.group(1));
            if (number < 1 || number > sources.size()) {
                throw ApprovedRefused.because(Reason.CITES_NOTHING, cited.group());
            }
        }
    }

    /// The day that is written like `2026-12-31`; null for none.
    ///
    /// @throws ApprovedRefused when it is no day
    public static @Nullable LocalDate day(String written) {
        try {
            return written.isBlank() ? null : LocalDate.parse(written.strip());
        } catch (DateTimeParseException _) {
            throw ApprovedRefused.because(Reason.NO_DAY, written);
        }
    }

    private static boolean hasWords(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static String clean(String text) {
        return text.replace('\u0000', ' ').replaceAll("\\s+", " ").strip();
    }
}
