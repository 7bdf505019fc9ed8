package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseLoginTest {

    @Test
    void whatTheUrlSaysCountsBeforeTheSettingsAndIsNotShown() {
        var settings =
                settings(
                        "jdbc:postgresql://db/zhiwen?user=reader&sslmode=require&password=s%26cret");

        assertThat(DatabaseLogin.of(settings))
                .isEqualTo(
                        new DatabaseLogin(
                                "jdbc:postgresql://db/zhiwen?sslmode=require", "reader", "s&cret"));
        assertThat(settings.toString()).doesNotContain("cret");
    }

    @Test
    void withoutThemInTheUrlTheSettingsCount() {
        assertThat(DatabaseLogin.of(settings("jdbc:postgresql://db/zhiwen")))
                .isEqualTo(new DatabaseLogin("jdbc:postgresql://db/zhiwen", "zhiwen", "own"));
        assertThat(DatabaseLogin.of(settings("jdbc:postgresql://db/zhiwen?password=other")))
                .isEqualTo(new DatabaseLogin("jdbc:postgresql://db/zhiwen", "zhiwen", "other"));
    }

    private static DataSettings.Db settings(String url) {
        return new DataSettings.Db(url, "zhiwen", "own", "");
    }
}
