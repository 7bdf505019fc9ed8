package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.golden.GoldenRefused.Reason;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Finds the documents of a base by what an import calls them: their name, or their id.
record GoldenDocuments(Map<UUID, String> names) {

    /// @throws GoldenRefused when none or several are called so
    UUID named(String name) {
        List<UUID> found =
                names.entrySet().stream()
                        .filter(
                                one ->
                                        one.getValue().equalsIgnoreCase(name.strip())
                                                || one.getKey().toString().equals(name.strip()))
                        .map(Map.Entry::getKey)
                        .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw GoldenRefused.because(found.isEmpty() ? Reason.NO_DOCUMENT : Reason.AMBIGUOUS, name);
    }
}
