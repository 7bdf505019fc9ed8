package io.zhiwen.conversation.training;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a line comes from, without anybody's name.
final class Provenance {

    private static final int DIGITS = 12;

    private Provenance() {}

    /// @param worse the other answer of a pair, where it is another one
    static Map<String, Object> of(Example better, Optional<Example> worse, Masking masking) {
        var rated = better.rated();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("answer", rated.answer());
        worse.ifPresent(other -> row.put("rejected_answer", other.rated().answer()));
        row.put("feedback", rated.id());
        row.put("rated_at", rated.at().toString());
        row.put("rating", rated.rating().code());
        row.put("knowledge_bases", rated.bases().stream().map(KnowledgeBaseId::value).toList());
        row.put("documents", documents(better, worse, masking));
        row.put("model", better.sent().model());
        row.put("prompt_version", promptVersion(better.sent().system()));
        return row;
    }

    /// The same for the same instructions; empty for none.
    private static String promptVersion(String system) {
        if (system.isEmpty()) {
            return "";
        }
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(system.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Each once.
    private static List<Map<String, Object>> documents(
            Example better, Optional<Example> worse, Masking masking) {
        Map<UUID, Map<String, Object>> rows = new TreeMap<>();
        Stream.concat(Stream.of(better), worse.stream())
                .forEach(
                        one -> {
                            for (var passage : one.sent().passages()) {
                                put(
                                        rows,
                                        passage.document(),
                                        passage.version(),
                                        masking.of(passage.name()));
                            }
                            for (var source : one.rated().sources()) {
                                put(
                                        rows,
                                        source.document(),
                                        source.version(),
                                        masking.of(source.name()));
                            }
                        });
        return List.copyOf(rows.values());
    }

    private static void put(
            Map<UUID, Map<String, Object>> rows,
            UUID document,
            @Nullable Integer version,
            String name) {
        var row = rows.computeIfAbsent(document, _ -> new LinkedHashMap<>());
        row.put("id", document);
        row.put("name", name);
        if (version != null) {
            row.put("version", version);
        }
    }
}
