package io.zhiwen.curate;

import io.zhiwen.curate.ApprovedRefused.Reason;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.DocumentParser;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Approved answers as a table: read from CSV or Excel by a parse worker, as every file that
/// somebody brings, and written as CSV. The columns are `questions`, `answer`, `documents`, and
/// perhaps `quotes` and `expires`, or their Chinese names; several values of a cell stand between
/// `|`.
@Component
public final class ApprovedFile {

    private static final int MOST_LINES = 5000;
    private static final Sha256 UNHASHED = new Sha256("0".repeat(64));
    private static final String BETWEEN = " | ";

    private static final Map<String, Set<String>> NAMES =
            Map.of(
                    "questions", Set.of("questions", "question", "问题"),
                    "answer", Set.of("answer", "text", "答案", "回答"),
                    "documents", Set.of("documents", "document", "sources", "文档", "来源"),
                    "quotes", Set.of("quotes", "quote", "引文", "原文"),
                    "expires", Set.of("expires", "expires_on", "有效期至", "到期"));

    private final DocumentParser parser;

    ApprovedFile(DocumentParser parser) {
        this.parser = parser;
    }

    /// @param name of the file, whose ending tells its type
    /// @throws ApprovedRefused when it is no such table
    public List<ApprovedLine> read(String name, InputStream bytes) throws IOException {
        Path file = Files.createTempFile("approved", ".import");
        try {
            Files.write(file, bytes.readAllBytes());
            var source = new SourceFile(name, UNHASHED, Files.size(file), file);
            return lines(parser.parse(source).blocks());
        } catch (UnreadableDocument e) {
            throw ApprovedRefused.because(Reason.NOT_READABLE, e.reason().name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApprovedRefused.because(Reason.NOT_READABLE);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    public static String write(List<ApprovedAnswer> answers) {
        return Csv.of(
                List.of("questions", "answer", "documents", "quotes", "expires", "approved_by"),
                answers.stream()
                        .map(
                                one ->
                                        List.of(
                                                String.join(BETWEEN, one.questions()),
                                                one.text(),
                                                String.join(BETWEEN, names(one)),
                                                String.join(BETWEEN, quotes(one)),
                                                Objects.toString(one.expiresOn(), ""),
                                                one.by()))
                        .toList());
    }

    private static List<String> names(ApprovedAnswer answer) {
        return answer.sources().stream().map(ApprovedAnswer.Source::name).toList();
    }

    private static List<String> quotes(ApprovedAnswer answer) {
        return answer.sources().stream().map(ApprovedAnswer.Source::quote).toList();
    }

    static List<ApprovedLine> lines(List<Block> blocks) {
        List<ApprovedLine> lines = new ArrayList<>();
        Columns columns = null;
        for (Block block : blocks) {
            List<List<String>> rows = block.rows();
            Columns head = rows.isEmpty() ? null : Columns.of(rows.getFirst());
            columns = head == null ? columns : head;
            for (List<String> row : rows.subList(head == null ? 0 : 1, rows.size())) {
                if (columns != null) {
                    lines.add(columns.line(lines.size() + 2, row));
                }
            }
        }
        if (lines.isEmpty()) {
            throw ApprovedRefused.because(Reason.NOT_READABLE);
        }
        if (lines.size() > MOST_LINES) {
            throw ApprovedRefused.because(Reason.TOO_MANY, Integer.toString(MOST_LINES));
        }
        return lines;
    }

    /// Which column is which; -1 where there is none.
    private record Columns(int questions, int answer, int documents, int quotes, int expires) {

        /// Null when the row is not the head of such a table.
        static @Nullable Columns of(List<String> head) {
            var columns =
                    new Columns(
                            at(head, "questions"),
                            at(head, "answer"),
                            at(head, "documents"),
                            at(head, "quotes"),
                            at(head, "expires"));
            return columns.questions < 0 || columns.answer < 0 || columns.documents < 0
                    ? null
                    : columns;
        }

        ApprovedLine line(int number, List<String> row) {
            return new ApprovedLine(
                    number,
                    several(row, questions),
                    cell(row, answer),
                    several(row, documents),
                    quotes < 0 ? List.of() : Arrays.asList(cell(row, quotes).split("\\s*\\|\\s*")),
                    cell(row, expires));
        }

        private static int at(List<String> head, String name) {
            var names = NAMES.getOrDefault(name, Set.of());
            for (int i = 0; i < head.size(); i++) {
                String cell = head.get(i).replace("\uFEFF", "").strip();
                if (names.contains(cell.toLowerCase(Locale.ROOT))) {
                    return i;
                }
            }
            return -1;
        }

        private static String cell(List<String> row, int column) {
            return column < 0 || column >= row.size() ? "" : Csv.wild(row.get(column).strip());
        }

        private static List<String> several(List<String> row, int column) {
            return Arrays.stream(cell(row, column).split("[|\\n]"))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .toList();
        }
    }
}
