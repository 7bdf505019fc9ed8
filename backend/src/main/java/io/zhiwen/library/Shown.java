package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import java.util.HashMap;
import java.util.Map;

/// Which documents and versions are shown to whom. Whoever may bring or change documents sees all
/// of them. To whoever only reads, what is held for review is not there: no document without a live
/// version, where its base holds any back or it was held itself; and of versions, those that were
/// published.
final class Shown {

    /// Whether a row `d` of `document` is one of those seen before readers see them.
    private static final String BEHIND = Reach.CLAUSE.replace(":reach", ":behind");

    /// Whether there is a row `d` of `document`, by the parameters of `parameters`.
    static final String DOCUMENT =
            """
            (d.live_version is not null or %s
             or not d.withheld and exists (
                select from knowledge_base kept
                where kept.id = d.knowledge_base_id and kept.holds = '{}'))
            """
                    .formatted(BEHIND);

    /// The version that a row `d` of `document` is shown by.
    static final String NEWEST =
            """
            (case when %s then d.latest_version
             else coalesce(d.live_version, d.latest_version) end)
            """
                    .formatted(BEHIND);

    /// Whether a row `v` of `document_version` is shown, where its row `d` of `document` is.
    static final String VERSION =
            """
            (v.status = 'ready' or %s
             or d.live_version is null and v.version = d.latest_version)
            """
                    .formatted(BEHIND);

    private Shown() {}

    /// What these and `Reach.CLAUSE` name.
    static Map<String, Object> parameters(Scope scope) {
        Map<String, Object> all = new HashMap<>(scope.reach().parameters());
        scope.behind()
                .parameters()
                .forEach((name, value) -> all.put(name.replace("reach", "behind"), value));
        return all;
    }
}
