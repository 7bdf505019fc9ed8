package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.store.TokenStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/// Passages of a version before token vectors were kept.
class OldPassagesTest {

    @TempDir static Path folder;

    private static LibraryHouse house;

    @BeforeAll
    static void upload() throws Exception {
        house = new LibraryHouse(folder);
        var base = house.library.create(house.admin, "Handbook").id();
        for (String text : List.of("Leave is five days.", "年假有五天。")) {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            var document = house.library.upload(house.admin, base, text + ".md", bytes).id();
            assertThat(house.settled(document).status()).isEqualTo(Status.READY);
        }
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void areReadAsIfTheyHadComeToday() {
        List<Map<String, Object>> today = kept();
        assertThat(today).hasSize(2);
        house.run("delete from chunk_tokens");

        var chore = new OldPassages(house.tokens, house.embedding);
        chore.run();

        assertThat(kept()).usingRecursiveComparison().isEqualTo(today);
        assertThat(house.tokens.lacking(0, 10)).isEmpty();
    }

    @Test
    void stayAsTheyAreWhereThereIsNoRoom() {
        house.run("delete from chunk_tokens where chunk_id = (select max(id) from chunk)");

        var full = new TokenStore(new JdbcTemplate(house.database), 1);
        new OldPassages(full, house.embedding).run();

        assertThat(kept()).hasSize(1);
        new OldPassages(house.tokens, house.embedding).run();
        assertThat(kept()).hasSize(2);
    }

    private static List<Map<String, Object>> kept() {
        return house.db.sql("select * from chunk_tokens order by chunk_id").query().listOfRows();
    }
}
