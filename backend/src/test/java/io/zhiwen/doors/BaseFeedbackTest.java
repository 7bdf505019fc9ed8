package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ratings of answers from two bases of this test, of which a manager has one.
class BaseFeedbackTest extends House {

    private KnowledgeBaseId mine;
    private KnowledgeBaseId other;

    @BeforeEach
    void twoBases() {
        mine = library.create(root, "Rated " + UUID.randomUUID()).id();
        other = library.create(root, "Rated " + UUID.randomUUID()).id();
        grants.give(root, mine, new Grantee.Person(manager.id()), BaseRole.MANAGER);
        rated("Fifteen days, says one base.", mine);
        rated("Twenty days, say both.", mine, other);
        rated("Forty days, says the other.", other);
    }

    @AfterEach
    void takeThemBack() {
        db.sql("delete from answer_feedback where knowledge_base_ids && :bases")
                .param("bases", new UUID[] {mine.value(), other.value()})
                .update();
        library.delete(root, mine);
        library.delete(root, other);
    }

    @Test
    void aManagerSeesRatingsOfAnswersFromWhatTheyManageAndOfNothingElse() throws Exception {
        var page = signedIn("mana").get("/library/" + mine + "/feedback");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Fifteen days, says one base.", "Outdated, I think.")
                .doesNotContain("say both", "Forty days", "user:mei", ">mei<");
        assertThat(signedIn("mana").get("/library/" + other + "/feedback").status()).isEqualTo(404);
        assertThat(signedIn("mana").get("/library/" + mine).body())
                .contains("/library/" + mine + "/feedback");

        grants.give(root, other, new Grantee.Person(manager.id()), BaseRole.MANAGER);
        assertThat(signedIn("mana").get("/library/" + mine + "/feedback").body())
                .contains("Fifteen days", "say both")
                .doesNotContain("Forty days");
        assertThat(signedIn("mana").get("/library/" + mine + "/feedback?show=good").body())
                .doesNotContain("Fifteen days");
    }

    @Test
    void aServiceReadsThemPageByPageWithoutWhoRated() throws Exception {
        var path = "/api/v1/knowledge-bases/" + mine + "/feedback?good=false&limit=1";
        var first = service(fullKey).get(path).json();
        assertThat(first.at("/items/0/answer").asString()).isEqualTo("Twenty days, say both.");
        assertThat(first.toString()).doesNotContain("mei");
        var second = service(fullKey).get(path + "&cursor=" + first.get("next_cursor").asString());
        assertThat(second.json().at("/items/0/answer").asString())
                .isEqualTo("Fifteen days, says one base.");
        assertThat(second.json().get("next_cursor").isNull()).isTrue();
    }

    private void rated(String answer, KnowledgeBaseId... bases) {
        List<UUID> ids = Arrays.stream(bases).map(KnowledgeBaseId::value).toList();
        db.sql(
                        """
                        insert into answer_feedback (id, answer_id, reader_id, reader, good, comment, question,
                            answer, refused, sources, knowledge_base_ids)
                        values (gen_random_uuid(), gen_random_uuid(), :reader, 'user:mei', false,
                            'Outdated, I think.', 'How many days?', :answer, false, '[]', :bases)
                        """)
                .param("reader", member.id())
                .param("answer", answer)
                .param("bases", ids.toArray(UUID[]::new))
                .update();
    }
}
