package io.zhiwen.conversation.feedback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Parts examples into training and test so that no document is in both: examples that share a
/// document, directly or through others, stay together. About one group in ten is for testing.
final class Split {

    private static final int TEST = 10;

    private final Map<UUID, UUID> parents = new HashMap<>();

    Split(List<Feedback> examples) {
        for (Feedback example : examples) {
            for (RatedSource source : example.sources()) {
                join(example.id(), source.document());
            }
        }
    }

    /// `train` or `test`.
    String of(Feedback example) {
        return Math.floorMod(root(example.id()).hashCode(), TEST) == 0 ? "test" : "train";
    }

    /// The smaller id leads, so that the order of the examples does not matter.
    private void join(UUID one, UUID other) {
        UUID a = root(one);
        UUID b = root(other);
        if (a.compareTo(b) < 0) {
            parents.put(b, a);
        } else if (!a.equals(b)) {
            parents.put(a, b);
        }
    }

    private UUID root(UUID id) {
        UUID at = id;
        for (UUID up = parents.get(at); up != null; up = parents.get(at)) {
            at = up;
        }
        return at;
    }
}
