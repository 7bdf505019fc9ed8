package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.BaseInstructions;
import io.zhiwen.ask.prompt.Instructions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PromptPageTest extends House {

    @Autowired BaseInstructions instructions;

    @Test
    void anAdminTriesADraftAndThenKeepsIt() throws Exception {
        var admin = signedIn("root").withToken();
        var path = "/library/" + baseA + "/prompt";
        var draft =
                Map.of(
                        "role", "You are the help desk of <b>Acme</b>.",
                        "task", "",
                        "requirements", "Answer in two sentences.",
                        "notes", "OA is the office system.",
                        "question", "Who are you?");

        var tried = admin.form(path + "/test", draft);

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.body())
                .contains("You are the help desk of &lt;b&gt;Acme&lt;/b&gt;.\n\nRules:")
                .contains("Requirements:\nAnswer in two sentences.")
                .contains("I am Zhiwen.");
        assertThat(inBaseA()).isEqualTo(Instructions.NONE);

        assertThat(admin.form(path, draft).status()).isEqualTo(302);

        assertThat(inBaseA().requirements()).isEqualTo("Answer in two sentences.");
        assertThat(admin.get(path).body()).contains("OA is the office system.</textarea>");
        assertThat(
                        db.sql(
                                        "select count(*) from audit_event where action = 'base.prompt'"
                                                + " and object = :base and actor like '%root%'")
                                .param("base", "base:" + baseA)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        assertThat(instructions.in(both())).isEqualTo(Instructions.NONE);
        instructions.save(root, baseA, Instructions.NONE);
    }

    @Test
    void aTextThatIsTooLongIsRefused() throws Exception {
        var admin = signedIn("root").withToken();
        var long_ = Map.of("role", "x".repeat(4_001), "question", "Who are you?");
        assertThat(admin.form("/library/" + baseA + "/prompt", long_).status()).isEqualTo(302);
        assertThat(admin.get("/library/" + baseA + "/prompt").body()).contains("4,000 characters");
        assertThat(admin.form("/library/" + baseA + "/prompt/test", long_).body())
                .contains("4,000 characters");
        assertThat(inBaseA()).isEqualTo(Instructions.NONE);
    }

    @Test
    void aServiceReadsPreviewsTriesAndChangesWhatTheModelIsToldForABase() throws Exception {
        var base = library.create(root, "Prompted").id();
        var path = "/api/v1/knowledge-bases/" + base + "/prompt";
        var full = service(fullKey);
        var draft = "{\"role\": \"You are the desk of Acme.\", \"notes\": \"OA is an office.\"}";
        assertThat(full.post(path + "/preview", draft).json().get("system").asString())
                .startsWith("You are the desk of Acme.\n\nRules:")
                .contains("OA is an office.");
        var tried =
                full.post(
                        path + "/test",
                        "{\"question\": \"Who are you?\", \"prompt\": " + draft + "}");
        assertThat(tried.json().get("answer").asString()).contains("I am Zhiwen.");
        assertThat(full.get(path).json().get("role").asString()).isEmpty();

        assertThat(full.send("PUT", path, draft, "application/json").status()).isEqualTo(200);

        assertThat(full.get(path).json().get("notes").asString()).isEqualTo("OA is an office.");
        assertThat(full.get(path).json().get("task").asString()).isEmpty();
        assertThat(
                        db.sql(
                                        "select actor from audit_event where object = :base and action = :done")
                                .param("base", "base:" + base)
                                .param("done", "base.prompt")
                                .query(String.class)
                                .list())
                .containsExactly("key:full");
        var long_ = "{\"task\": \"" + "x".repeat(4_001) + "\"}";
        var refused = full.send("PUT", path, long_, "application/json");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("task");
        assertThat(service(limitedKey).get(path).status()).isEqualTo(404);
        assertThat(
                        service(limitedKey)
                                .get(path.replace(base.toString(), baseA.toString()))
                                .status())
                .isEqualTo(403);
        library.delete(root, base);
    }

    private Instructions inBaseA() {
        return instructions.in(access.chosenBy(root, java.util.List.of(baseA)));
    }

    private Scope both() {
        return access.everythingFor(root);
    }
}
