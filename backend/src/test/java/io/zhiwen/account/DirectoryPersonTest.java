package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectoryPersonTest {

    @Test
    void groupsAreReadAsKeycloakEntraFeishuAndWeComTellThem() {
        assertThat(groups("groups", Map.of("groups", List.of("/staff/hr", "sales"))))
                .containsExactlyInAnyOrder("staff/hr", "sales");
        assertThat(
                        groups(
                                "realm_access.roles",
                                Map.of("realm_access", Map.of("roles", List.of("editor")))))
                .containsExactly("editor");
        assertThat(groups("groups", Map.of("groups", List.of("4f1c-9a"))))
                .containsExactly("Human Resources");
        assertThat(groups("department", Map.of("department", List.of(1, 12))))
                .containsExactlyInAnyOrder("1", "Sales");
        assertThat(
                        groups(
                                "departments",
                                Map.of(
                                        "departments",
                                        List.of(
                                                Map.of("open_department_id", "od-1", "name", "研发"),
                                                Map.of("open_department_id", "od-2")))))
                .containsExactlyInAnyOrder("研发", "od-2");
        assertThat(groups("https://x.org/groups", Map.of("https://x.org/groups", "one")))
                .containsExactly("one");
        assertThat(groups("groups", Map.of())).isEmpty();
    }

    @Test
    void theNameIsTheFirstClaimThatHasOne() {
        assertThat(person("groups", Map.of("name", "李雷", "email", "l@x.org")).name())
                .isEqualTo("李雷");
        assertThat(person("groups", Map.of()).name()).isEqualTo("s1");
        assertThat(person("groups", Map.of()).admin()).isNull();
    }

    private static java.util.Set<String> groups(String claim, Map<String, Object> claims) {
        return person(claim, claims).groups();
    }

    private static DirectoryPerson person(String claim, Map<String, Object> claims) {
        Map<String, Object> all = new java.util.HashMap<>(claims);
        all.put("sub", "s1");
        return DirectoryPerson.of(
                all,
                new OidcSettings(
                        "https://login.example.org",
                        "zhiwen",
                        "",
                        List.of("openid"),
                        "",
                        "preferred_username",
                        claim,
                        List.of("4f1c-9a=Human Resources", "12=Sales"),
                        ""));
    }
}
