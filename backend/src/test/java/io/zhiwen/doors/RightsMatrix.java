package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `rights-matrix.txt` and the lists of exceptions beside it, as they are written.
final class RightsMatrix {

    private static final String FORM = "application/x-www-form-urlencoded";
    static final List<String> VISITORS =
            List.of(
                    "stranger",
                    "reader own",
                    "reader hidden",
                    "editor own",
                    "manager own",
                    "admin",
                    "limited own",
                    "limited hidden",
                    "full");

    record Row(String method, String pattern, String query, String body, List<String> expected) {

        static Row of(String line) {
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            var route = cells.getFirst().split("\\s+", 3);
            var body = route.length > 2 ? route[2] : "";
            var path = route[1].split("(?=\\?)", 2);
            return new Row(
                    route[0],
                    path[0],
                    path.length > 1 ? path[1] : "",
                    body,
                    expected(cells.subList(1, cells.size())));
        }

        private static List<String> expected(List<String> cells) {
            if (cells.size() == VISITORS.size()) {
                return cells;
            }
            List<String> all = new ArrayList<>(cells);
            all.addAll(VISITORS.indexOf("editor own"), List.of(cells.get(1), cells.get(1)));
            return all;
        }

        Visitor.Reply knock(Visitor who, RightsTarget target)
                throws IOException, InterruptedException {
            return knock(who, target, target.fill(pattern, pattern + query));
        }

        Visitor.Reply knock(Visitor who, RightsTarget target, String path)
                throws IOException, InterruptedException {
            var sent = target.fill(pattern, body);
            if (body.startsWith("FILE")) {
                var file = sent.equals("FILE") ? "matrix.txt matrix" : sent.substring(5);
                var parts = file.split(" ", 2);
                var content =
                        parts[1].startsWith("0x")
                                ? HexFormat.of().parseHex(parts[1].substring(2))
                                : parts[1].replace("\\n", "\n").getBytes(UTF_8);
                return who.upload(method, path, parts[0], content);
            }
            var type = body.startsWith("{") ? "application/json" : FORM;
            return who.send(method, path, sent, sent.isEmpty() ? "" : type);
        }

        String route() {
            return method + " " + pattern;
        }

        /// Whether the visitor in this column is let in and may change what it finds.
        boolean changes(int visitor) {
            return mutates()
                    && !List.of("401", "403", "404", "sign-in").contains(expected.get(visitor));
        }

        boolean mutates() {
            return !method.equals("GET");
        }
    }

    private RightsMatrix() {}

    /// Routes, each with why it is so.
    static Map<String, String> reasons(String file) throws IOException {
        try (var lines = RightsMatrix.class.getResourceAsStream(file)) {
            return new String(lines.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|"))
                    .collect(Collectors.toMap(one -> one[0].strip(), one -> one[1].strip()));
        }
    }

    static List<Row> rows() throws IOException {
        try (var file = RightsMatrix.class.getResourceAsStream("rights-matrix.txt")) {
            var text = new String(file.readAllBytes(), UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }
}
