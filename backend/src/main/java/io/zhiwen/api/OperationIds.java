package io.zhiwen.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What an operation is called in a generated client: its method and its path in words, so that the
/// name stays when others come. What a path names one of is in the singular: `GET
/// /api/v1/documents/{id}/versions` is `getDocumentVersions`.
final class OperationIds {

    private static final String BEFORE = "^/api/(v1/)?";

    private OperationIds() {}

    static String of(String method, String path) {
        String[] parts = path.replaceFirst(BEFORE, "").split("/", -1);
        var id = new StringBuilder(method.toLowerCase(Locale.ROOT));
        for (int i = 0; i < parts.length; i++) {
            if (!isPlace(parts[i])) {
                boolean oneOf = i + 1 < parts.length && isPlace(parts[i + 1]);
                id.append(words(oneOf ? parts[i].replaceFirst("s$", "") : parts[i]));
            }
        }
        return id.toString();
    }

    private static boolean isPlace(String part) {
        return part.startsWith("{");
    }

    private static String words(String part) {
        return Arrays.stream(part.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
