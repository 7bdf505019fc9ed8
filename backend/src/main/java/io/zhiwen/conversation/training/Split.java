package io.zhiwen.conversation.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Parts lines into training and test so that no document is in both: lines that share a document,
/// directly or through others, stay together. About one line in ten is for testing: the smallest
/// groups are, so that what everything hangs on is trained with. The same lines are always parted
/// the same way.
final class Split {

    private static final int TEST = 10;

    private final Map<UUID, UUID> parents = new HashMap<>();
    private final Set<UUID> test = new HashSet<>();

    /// @param lines the documents of each
    Split(List<? extends Collection<UUID>> lines) {
        for (Collection<UUID> line : lines) {
            var documents = line.iterator();
            if (documents.hasNext()) {
                UUID first = documents.next();
                documents.forEachRemaining(other -> join(first, other));
            }
        }
        Map<UUID, Integer> groups = new HashMap<>();
        for (Collection<UUID> line : lines) {
            if (!line.isEmpty()) {
                groups.merge(root(line.iterator().next()), 1, Integer::sum);
            }
        }
        choose(groups);
    }

    /// @param documents of one of the lines; a line without any trains
    boolean isTest(Collection<UUID> documents) {
        return !documents.isEmpty() && test.contains(root(documents.iterator().next()));
    }

    private void choose(Map<UUID, Integer> groups) {
        int wanted = groups.values().stream().mapToInt(Integer::intValue).sum() / TEST;
        List<Map.Entry<UUID, Integer>> smallest = new ArrayList<>(groups.entrySet());
        smallest.sort(
                Map.Entry.<UUID, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
        int taken = 0;
        for (var group : smallest) {
            taken += group.getValue();
            if (taken > wanted) {
                return;
            }
            test.add(group.getKey());
        }
    }

    /// The smaller id leads, so that the order of the lines does not matter.
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
