package io.zhiwen.evaluate.golden;

import io.zhiwen.ingest.store.StoredChunk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What has to be found for a golden question. Evidence is looked for in letters and digits alone;
/// a long one is there when most of its runs of ten characters are, or when a passage is a part of
/// it: documents are cut anew now and then.
final class Expectation {

    private static final int RUN = 10;
    private static final double MOST = 0.6;
    private static final double NEARLY_ALL = 0.9;
    private static final String ANYWHERE = "evidence";

    private final Set<UUID> documents;
    private final List<String> evidence;

    Expectation(GoldenQuestion question) {
        this.documents =
                question.documents().stream()
                        .map(GoldenQuestion.Expected::id)
                        .collect(Collectors.toUnmodifiableSet());
        this.evidence =
                question.evidence().stream()
                        .map(Expectation::plain)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    /// What there is to be found.
    Set<String> relevant() {
        return documents.isEmpty()
                ? Set.of(ANYWHERE)
                : documents.stream().map(UUID::toString).collect(Collectors.toUnmodifiableSet());
    }

    boolean isMetBy(StoredChunk passage) {
        return (documents.isEmpty() || documents.contains(passage.document().value()))
                && (evidence.isEmpty() || holdsEvidence(plain(passage.chunk().text())));
    }

    /// Of what is relevant what this passage is, or else what tells it from others: passages of one
    /// document count as one.
    String key(StoredChunk passage) {
        String document = passage.document().value().toString();
        if (isMetBy(passage)) {
            return documents.isEmpty() ? ANYWHERE : document;
        }
        return "other:" + document;
    }

    private boolean holdsEvidence(String passage) {
        return evidence.stream()
                .anyMatch(
                        text ->
                                text.length() <= RUN
                                        ? passage.contains(text)
                                        : share(text, passage) >= MOST
                                                || (passage.length() > RUN
                                                        && share(passage, text) >= NEARLY_ALL));
    }

    /// Of the runs of `text`, how many are in `other`.
    private static double share(String text, String other) {
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + RUN <= other.length(); i++) {
            runs.add(other.substring(i, i + RUN));
        }
        int all = text.length() - RUN + 1;
        int found = 0;
        for (int i = 0; i < all; i++) {
            found += runs.contains(text.substring(i, i + RUN)) ? 1 : 0;
        }
        return found / (double) all;
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
