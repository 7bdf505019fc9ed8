package io.zhiwen.curate;

import java.util.ArrayList;
import java.util.List;

/// A line of an import, as it is written.
///
/// @param line from 1, the head line being the first
/// @param documents names or ids
/// @param quotes of the documents, in the same order; may be fewer
/// @param expires a day as ISO writes it; empty for never
public record ApprovedLine(
        int line,
        List<String> questions,
        String text,
        List<String> documents,
        List<String> quotes,
        String expires) {

    /// @throws ApprovedRefused when a document or the day is not known
    ApprovedDraft draft(ApprovedDocuments known) {
        List<ApprovedDraft.Source> sources = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            String quote = i < quotes.size() ? quotes.get(i) : "";
            sources.add(new ApprovedDraft.Source(known.named(documents.get(i)), quote));
        }
        return new ApprovedDraft(questions, text, sources, ApprovedDraft.day(expires));
    }
}
