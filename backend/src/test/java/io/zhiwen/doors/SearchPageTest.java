package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The search page as it is served; what it looks like is the journey's business.
class SearchPageTest extends House {

    @Test
    void aReaderFindsPassagesWithTheWordsMarkedAndNothingOfAHiddenBase() throws Exception {
        awaitReady(documentA);
        awaitReady(documentB);
        var mine = signedIn("mei").get("/search?q=annual+leave").body();
        assertThat(mine)
                .contains("15 days of <mark>annual</mark> <mark>leave</mark>")
                .doesNotContain(CANARY);
        var admins = signedIn("root").get("/search?q=annual+leave").body();
        assertThat(admins).contains(CANARY).contains("data-testid=\"facet-bases\"");
    }

    @Test
    void aFilterIsInTheAddressAndCanBeTakenBack() throws Exception {
        awaitReady(documentA);
        var reader = signedIn("mei");
        assertThat(reader.get("/search?q=leave&type=TXT&language=en&days=7").body())
                .contains("data-testid=\"found\"")
                .contains("href=\"/search?q=leave\"");
        assertThat(reader.get("/search?q=leave&type=PDF").body())
                .contains("data-testid=\"search-none\"");
        assertThat(reader.get("/search?q=%3F%21").body()).contains("data-testid=\"wrong\"");
    }
}
