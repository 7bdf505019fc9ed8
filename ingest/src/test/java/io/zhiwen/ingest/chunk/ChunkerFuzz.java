package io.zhiwen.ingest.chunk;

import io.zhiwen.fuzz.FuzzData;
import io.zhiwen.ingest.chunk.ChunkRules.Tables;
import io.zhiwen.ingest.chunk.ChunkRules.Way;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.ParsedDocument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Whatever a document says and however its base wants it cut: passages are in order, within the
/// text, none blank, and no word that is not in a heading or a delimiter is in none of them.
public final class ChunkerFuzz {

    private static final Chunker CHUNKER =
            new Chunker(
                    new ChunkSettings(32, 48, 120),
                    (_, text) -> text.codePointCount(0, text.length()) / 2 + 1);

    private ChunkerFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        var data = new FuzzData(bytes);
        ChunkRules rules = rules(data);
        CleanDocument document =
                Cleaner.clean(new ParsedDocument("text/plain", false, null, 1, blocks(data)));
        List<Chunk> chunks = CHUNKER.chunk(document, rules);
        String text = document.text();
        BitSet covered = new BitSet(text.length());
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            if (chunk.ordinal() != i || chunk.section().end() > text.length()) {
                throw new AssertionError("chunk " + i + " is " + chunk);
            }
            covered.set(chunk.span().start(), chunk.span().end());
        }
        if (rules.way() != Way.DELIMITER) {
            nothingIsLost(document, covered);
        }
    }

    private static void nothingIsLost(CleanDocument document, BitSet covered) {
        for (int i = 0; i < document.blocks().size(); i++) {
            Block block = document.blocks().get(i);
            int start = document.spans().get(i).start();
            if (block.kind() == Block.Kind.HEADING) {
                continue;
            }
            for (int at = 0; at < block.text().length(); at++) {
                boolean says = Character.isLetterOrDigit(block.text().charAt(at));
                if (says && !covered.get(start + at)) {
                    throw new AssertionError("lost at " + at + " of " + block);
                }
            }
        }
    }

    private static ChunkRules rules(FuzzData data) {
        Way way = Way.values()[data.choice(3)];
        Tables tables = Tables.values()[data.choice(3)];
        int target = data.choice(200);
        String delimiter = data.choice(2) == 0 ? "\\n" : "---";
        return new ChunkRules(
                way,
                target < ChunkRules.SMALLEST_TARGET ? null : target,
                data.choice(60),
                1 + data.choice(6),
                delimiter,
                tables);
    }

    private static List<Block> blocks(FuzzData data) {
        List<Block> blocks = new ArrayList<>();
        while (data.hasMore() && blocks.size() < 60) {
            switch (data.choice(5)) {
                case 0 -> blocks.add(Block.heading(1 + data.choice(6), data.text(), 1));
                case 1 -> blocks.add(Block.listItem(1 + data.choice(3), data.text(), 1));
                case 2 -> blocks.add(Block.code(data.text(), 1));
                case 3 -> blocks.add(table(data));
                default -> blocks.add(Block.paragraph(data.text(), 1));
            }
        }
        return blocks;
    }

    private static Block table(FuzzData data) {
        int columns = 1 + data.choice(4);
        List<List<String>> rows = new ArrayList<>();
        for (int row = 1 + data.choice(6); row > 0; row--) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                cells.add(data.text());
            }
            rows.add(cells);
        }
        return Block.table(rows, data.choice(rows.size() + 1), 1, null);
    }
}
