package io.zhiwen.system;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.DocumentParser;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Reads plain text only, until the parser is here.
@Component
final class StandIn implements DocumentParser {

    @Override
    public ParsedDocument parse(SourceFile file) throws UnreadableDocument {
        try {
            List<Block> blocks =
                    Stream.of(Files.readString(file.path()).split("\n\\s*\n"))
                            .map(String::strip)
                            .filter(text -> !text.isEmpty())
                            .map(text -> Block.paragraph(text, null))
                            .toList();
            return new ParsedDocument("text/plain", false, null, null, blocks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CleanDocument clean(ParsedDocument parsed) {
        return new CleanDocument(parsed.title(), parsed.blocks());
    }

    static List<Chunk> chunk(CleanDocument document) {
        List<Span> spans = document.spans();
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            String text = document.blocks().get(i).text();
            chunks.add(
                    new Chunk(
                            i,
                            text,
                            List.of(),
                            null,
                            null,
                            spans.get(i),
                            spans.get(i),
                            text.length(),
                            Language.of(text)));
        }
        return chunks;
    }
}
