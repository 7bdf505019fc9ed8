package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import org.junit.jupiter.api.Test;

/// A base as Dify's external knowledge, asked with the requests that Dify sends.
class DifyDoorTest extends House {

    private static final String RETRIEVAL = "/api/dify/retrieval";

    @Test
    void recordsHaveContentScoreTitleAndMetadata() throws Exception {
        awaitReady(documentA);
        var reply = ask(limitedKey, baseA, "\"top_k\": 3, \"score_threshold\": 0.0", "null");

        assertThat(reply.status()).isEqualTo(200);
        var records = reply.json().get("records");
        assertThat(records.size()).isBetween(1, 3);
        var first = records.get(0);
        assertThat(first.get("content").asString()).contains("15 days of annual leave");
        assertThat(first.get("title").asString()).isEqualTo("leave.txt");
        assertThat(first.get("score").asDouble()).isBetween(0.0, 1.0);
        var metadata = first.get("metadata");
        assertThat(metadata.get("document_id").asString()).isEqualTo(documentA.toString());
        assertThat(metadata.get("type").asString()).isEqualTo("TXT");
        assertThat(metadata.get("language").asString()).isEqualTo("en");
    }

    @Test
    void whatScoresBelowTheThresholdIsLeftOut() throws Exception {
        awaitReady(documentA);
        var all = ask(limitedKey, baseA, "\"top_k\": 50, \"score_threshold\": 0", "null");
        double best = all.json().get("records").get(0).get("score").asDouble();
        var above = ask(limitedKey, baseA, "\"top_k\": 50, \"score_threshold\": " + best, "null");

        assertThat(above.json().get("records").size()).isPositive();
        assertThat(above.json().get("records").valueStream())
                .allMatch(record -> record.get("score").asDouble() >= best);
        assertThat(ask(limitedKey, baseA, "\"top_k\": 5, \"score_threshold\": 1", "null").body())
                .isEqualTo("{\"records\":[]}");
    }

    @Test
    void aConditionOnMetadataFilters() throws Exception {
        awaitReady(documentA);
        assertThat(found("and", condition("document_name", "start with", "\"leave\""))).isTrue();
        assertThat(found("and", condition("document_name", "start with", "\"other\""))).isFalse();
        assertThat(found("and", condition("uploaded_at", "after", "\"2026-01-01\""))).isTrue();
        assertThat(found("and", condition("uploaded_at", "before", "1700000000"))).isFalse();
        assertThat(found("and", condition("page", "empty", "null"))).isTrue();
        assertThat(found("and", condition("unknown'; --", "is", "\"x\""))).isFalse();
        var one = condition("type", "is", "\"txt\"");
        var other = condition("type", "is", "\"pdf\"");
        assertThat(found("or", one + "," + other)).isTrue();
        assertThat(found("and", one + "," + other)).isFalse();
        var bad =
                ask(limitedKey, baseA, "", conditions("and", condition("uploaded_at", ">", "[]")));
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.json().get("error_code").asInt()).isEqualTo(400);
    }

    @Test
    void errorsHaveTheCodesOfDify() throws Exception {
        var none = stranger().post(RETRIEVAL, "{}");
        assertThat(none.status()).isEqualTo(403);
        assertThat(none.json().get("error_code").asInt()).isEqualTo(1001);
        var wrong = service("zw_wrong").post(RETRIEVAL, "{}");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.json().get("error_code").asInt()).isEqualTo(1002);
        var hidden = ask(limitedKey, baseB, "", "null");
        var absent = ask(limitedKey, KnowledgeBaseId.random(), "", "null");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.json().get("error_code").asInt()).isEqualTo(2001);
        assertThat(hidden.body()).isEqualTo(absent.body());
    }

    @Test
    void theCheckDifyMakesWhenTheEndpointIsAddedPassesWithAGoodKey() throws Exception {
        var probe = service(limitedKey).post(RETRIEVAL, "");
        assertThat(probe.status()).isNotIn(403, 404, 502);
        assertThat(probe.json().get("error_msg").asString()).isNotBlank();
    }

    private boolean found(String operator, String conditions) throws Exception {
        var reply = ask(limitedKey, baseA, "", conditions(operator, conditions));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return !reply.json().get("records").isEmpty();
    }

    private static String conditions(String operator, String conditions) {
        return "{\"logical_operator\": \"" + operator + "\", \"conditions\": [" + conditions + "]}";
    }

    private static String condition(String name, String operator, String value) {
        return "{\"name\": [\"%s\"], \"comparison_operator\": \"%s\", \"value\": %s}"
                .formatted(name, operator, value);
    }

    private Visitor.Reply ask(String key, KnowledgeBaseId base, String setting, String condition)
            throws Exception {
        return service(key)
                .post(
                        RETRIEVAL,
                        """
                        {"knowledge_id": "%s", "query": "How many days of annual leave?",
                         "retrieval_setting": {%s}, "metadata_condition": %s}
                        """
                                .formatted(base, setting, condition));
    }
}
