package io.zhiwen.ingest.parse.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// JSON, and JSON Lines: like records are rows of a table, read one after the other; anything else
/// is written by its keys.
final class JsonReader implements DocumentReader {

    /// Records that tell whether all of them are alike.
    private static final int SAMPLE = 200;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build();

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (BufferedReader text = LargeText.reader(file, LargeText.charset(file));
                MappingIterator<JsonNode> values =
                        JSON.readerFor(JsonNode.class).readValues(text)) {
            read(values, to);
        } catch (JacksonException e) {
            if (to.chars() > 0) {
                throw new IOException("no JSON from some place on", e);
            }
            SourceReader.write(TextReader.decode(Bytes.of(file)), to);
        }
    }

    private static void read(MappingIterator<JsonNode> values, Blocks to) {
        List<JsonNode> first = new ArrayList<>();
        while (first.size() < SAMPLE && values.hasNext()) {
            first.add(values.next());
        }
        JsonBlocks blocks = new JsonBlocks(to);
        boolean records = JsonBlocks.areRows(first);
        if (!records && first.size() == 1) {
            blocks.write(first.getFirst());
            return;
        }
        Records table = new Records(to);
        int number = 0;
        for (JsonNode value : first) {
            write(value, ++number, records, table, blocks);
        }
        while (values.hasNext()) {
            write(values.next(), ++number, records, table, blocks);
        }
        table.end();
    }

    private static void write(
            JsonNode value, int number, boolean records, Records table, JsonBlocks blocks) {
        Map<String, String> row = records ? JsonBlocks.row(value) : Map.of();
        if (row.isEmpty()) {
            table.end();
            blocks.writeOne(value, number);
        } else {
            table.add(row);
        }
    }
}
