package io.zhiwen.ingest.doubt;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.clean.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a base holds a version back for.
///
/// @param doubts those it was told to
/// @param unmanaged whether the version was brought by a source or by somebody who does not manage
/// the base
public record HoldRules(Set<Doubt> doubts, boolean unmanaged) {

    /// Holds nothing back.
    public static final HoldRules NEVER = new HoldRules(Set.of(), false);

    private static final int EXCERPTS = 3;

    public HoldRules {
        doubts = Set.copyOf(doubts);
    }

    /// What of the text, and of who brought it, speaks against publishing it at once.
    public List<HoldReason> against(CleanDocument document) {
        List<HoldReason> reasons = new ArrayList<>();
        for (Doubt doubt : Doubt.CHOICES) {
            if (!doubts.contains(doubt)) {
                continue;
            }
            document.findings().stream()
                    .filter(doubt::isRaisedBy)
                    .map(
                            found ->
                                    HoldReason.found(
                                            doubt,
                                            found,
                                            Excerpt.of(document, found.kind(), EXCERPTS)))
                    .forEach(reasons::add);
            if (doubt == Doubt.UNMANAGED && unmanaged) {
                reasons.add(HoldReason.said(doubt, ""));
            }
        }
        return reasons;
    }

    /// Whether it is to be compared with the other documents of its base.
    public boolean holdCopies() {
        return doubts.contains(Doubt.NEAR_DUPLICATE);
    }
}
