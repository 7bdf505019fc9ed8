package io.zhiwen.curate.dashboard;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.LocalDate;
import java.util.List;

/// A period in figures.
///
/// @param total of all of it: readers are counted once
/// @param steps one for each of `Period.steps`
/// @param bases the most asked first; empty when one base was chosen
/// @param used the documents that answers rest on most often
/// @param unused how many documents readers can find that no answer rests on
/// @param idle the oldest of those
/// @param failures why documents could not be read, the most frequent first
public record Overview(
        Period period,
        Figures total,
        List<Step> steps,
        List<OfBase> bases,
        List<Used> used,
        long unused,
        List<Used> idle,
        List<Failed> failures) {

    /// @param begins its first day
    public record Step(LocalDate begins, Figures figures) {}

    public record OfBase(KnowledgeBaseId base, String name, Figures figures) {}

    /// @param times how many answers rest on it
    public record Used(DocumentId document, String name, String base, long times) {}

    /// @param reason as documents have it
    public record Failed(String reason, long count) {}

    public Overview {
        steps = List.copyOf(steps);
        bases = List.copyOf(bases);
        used = List.copyOf(used);
        idle = List.copyOf(idle);
        failures = List.copyOf(failures);
    }
}
