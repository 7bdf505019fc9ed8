package io.zhiwen.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentJsonTest {

    @Test
    void aDocumentComesBackAsItWasKept() {
        var document =
                new CleanDocument(
                        "Title",
                        List.of(Block.paragraph("text", 2)),
                        List.of(Finding.onPages(Kind.READ_BY_OCR, List.of(1, 2), 87)));
        assertThat(ContentJson.read(ContentJson.write(document))).isEqualTo(document);
    }

    @Test
    void whatWasKeptBeforeThereWereFindingsHasNone() {
        var document = ContentJson.read("{\"title\":null,\"blocks\":[]}");
        assertThat(document).isEqualTo(new CleanDocument(null, List.of()));
    }
}
