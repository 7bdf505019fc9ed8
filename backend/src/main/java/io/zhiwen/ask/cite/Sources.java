package io.zhiwen.ask.cite;

import io.zhiwen.ask.prompt.Assembled;
import io.zhiwen.ingest.store.StoredChunk;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What a model was really sent, as evidence.
public final class Sources {

    private Sources() {}

    /// Each passage under its number, grown as it was sent.
    public static List<SupportCheck.Source> of(Assembled assembled) {
        List<SupportCheck.Source> sources = new ArrayList<>();
        for (int i = 0; i < assembled.sent().size(); i++) {
            StoredChunk chunk = assembled.sent().get(i).source();
            String headings = String.join("\n", chunk.chunk().headingPath());
            LocalDate dated = assembled.dates().get(chunk.document());
            String date = dated == null ? "" : "\n" + dated;
            sources.add(
                    new SupportCheck.Source(
                            assembled.texts().get(i),
                            chunk.documentName() + date + "\n" + headings));
        }
        return sources;
    }
}
