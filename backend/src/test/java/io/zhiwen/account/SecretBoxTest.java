package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private final SecretBox box = new SecretBox("one secret");

    @Test
    void whatIsClosedOpensInItsPlaceAgainAndCannotBeReadMeanwhile() {
        var closed = box.close("sk-密钥", "here");

        assertThat(new String(closed, StandardCharsets.UTF_8)).doesNotContain("sk-");
        assertThat(box.open(closed, "here")).hasValue("sk-密钥");
        assertThat(box.close("sk-密钥", "here")).isNotEqualTo(closed);
    }

    @Test
    void itOpensNeitherElsewhereNorWithAnotherSecretNorWhenChanged() {
        var closed = box.close("sk-1", "here");

        assertThat(box.open(closed, "there")).isEmpty();
        assertThat(new SecretBox("another secret").open(closed, "here")).isEmpty();
        closed[closed.length - 1] ^= 1;
        assertThat(box.open(closed, "here")).isEmpty();
        assertThat(box.open(new byte[3], "here")).isEmpty();
    }
}
