package io.zhiwen.evaluate.golden;

import java.util.List;

/// A line of an import.
///
/// @param line from 1, for messages
/// @param documents names or ids
public record GoldenLine(
        int line, String text, boolean answerable, List<String> documents, List<String> evidence) {

    /// @throws GoldenRefused naming the line when it cannot be used
    GoldenDraft draft(GoldenDocuments known) {
        try {
            GoldenDraft draft =
                    new GoldenDraft(
                            text,
                            answerable,
                            documents.stream().map(known::named).toList(),
                            evidence);
            draft.check();
            return draft;
        } catch (GoldenRefused refused) {
            throw refused.at(line);
        }
    }
}
