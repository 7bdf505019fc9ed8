package io.zhiwen.evaluate.golden;

import java.util.List;
import java.util.UUID;

/// A golden question as somebody writes it.
///
/// @param answerable false where it has to be refused; nothing is expected then
/// @param documents ids of those that hold the answer; any when empty
/// @param evidence texts, one of which a passage has to hold; any text when empty
public record GoldenDraft(
        String text, boolean answerable, List<UUID> documents, List<String> evidence) {

    private static final int LONGEST_QUESTION = 4000;
    private static final int LONGEST_EVIDENCE = 8000;
    private static final int MOST = 50;

    public GoldenDraft {
        text = clean(text);
        documents = answerable ? documents.stream().distinct().toList() : List.of();
        evidence =
                answerable
                        ? evidence.stream()
                                .map(GoldenDraft::clean)
                                .filter(one -> !one.isEmpty())
                                .distinct()
                                .toList()
                        : List.of();
    }

    /// @throws GoldenRefused when it cannot be asked or met
    void check() {
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw GoldenRefused.because(GoldenRefused.Reason.EMPTY);
        }
        if (text.length() > LONGEST_QUESTION
                || documents.size() > MOST
                || evidence.size() > MOST
                || evidence.stream().anyMatch(one -> one.length() > LONGEST_EVIDENCE)) {
            throw GoldenRefused.because(GoldenRefused.Reason.TOO_LONG);
        }
        if (answerable && documents.isEmpty() && evidence.isEmpty()) {
            throw GoldenRefused.because(GoldenRefused.Reason.NOTHING_EXPECTED);
        }
    }

    private static String clean(String text) {
        return text.replace('\u0000', ' ').replaceAll("\\s+", " ").strip();
    }
}
