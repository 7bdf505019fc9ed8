package io.zhiwen.system;

import io.zhiwen.ingest.TableFidelity;
import io.zhiwen.ingest.TableFidelity.Expected;
import io.zhiwen.ingest.TableFidelity.Score;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.ParseSettings;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.WorkerPool;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/// `./run bench tables FILES EXPECTED`: cells right over cells expected, table by table.
public final class TablesCommand {

    private static final Sha256 UNHASHED = new Sha256("0".repeat(64));

    private TablesCommand() {}

    public static void main(String[] arguments)
            throws IOException, InterruptedException, UnreadableDocument {
        ConsoleDatabase.quietLogs();
        Path files = Path.of(arguments[0]);
        Path temp = Files.createTempDirectory("zhiwen-tables");
        Map<String, List<Block>> read = new HashMap<>();
        int right = 0;
        int cells = 0;
        System.out.println("| table | cells right | of |\n| --- | --- | --- |");
        try (WorkerPool parser = new WorkerPool(ParseSettings.defaults(), temp)) {
            for (Expected table : Expected.readAll(Path.of(arguments[1]))) {
                if (!read.containsKey(table.file())) {
                    Path file = files.resolve(table.file());
                    var source = new SourceFile(table.file(), UNHASHED, Files.size(file), file);
                    read.put(table.file(), Cleaner.clean(parser.parse(source)).blocks());
                }
                Score score = TableFidelity.of(table, read.get(table.file()));
                right += score.right();
                cells += score.cells();
                System.out.printf("| %s | %d | %d |%n", score.name(), score.right(), score.cells());
                score.wrong().forEach(row -> System.err.println("  " + row));
            }
        } finally {
            FileSystemUtils.deleteRecursively(temp);
        }
        System.out.printf("| all | %d | %d = %.3f |%n", right, cells, (double) right / cells);
    }
}
