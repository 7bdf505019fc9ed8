package io.zhiwen.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlineTest {

    @Test
    void headingsHaveTheirPathsAndTheTitleIsNone() {
        var outline =
                Outline.of(
                        new CleanDocument(
                                null,
                                List.of(
                                        Block.heading(1, "Handbook", null),
                                        Block.paragraph("For all.", null),
                                        Block.heading(2, "Leave", null),
                                        Block.heading(3, "Days", null),
                                        Block.paragraph("Fifteen.", null),
                                        Block.heading(2, "Travel", null))));
        assertThat(outline.entries())
                .extracting(Outline.Entry::path)
                .containsExactly(
                        List.of("Handbook", "Leave"),
                        List.of("Handbook", "Leave", "Days"),
                        List.of("Handbook", "Travel"));
        int days = "Handbook\n\nFor all.\n\nLeave\n\nDays\n\n".length();
        assertThat(outline.entries().get(outline.at(days)).path()).endsWith("Days");
        assertThat(outline.at(0)).isEqualTo(-1);
    }

    @Test
    void chaptersSideBySideAreTopics() {
        var chapters =
                new CleanDocument(
                        null,
                        List.of(Block.heading(1, "One", null), Block.heading(1, "Two", null)));
        assertThat(Outline.of(chapters).entries()).hasSize(2);
    }
}
