package io.zhiwen.conversation.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingDataTest {

    @Test
    void whatNamesAPersonOrOpensADoorIsMaskedAndOtherNumbersStay() {
        assertThat(
                        Masking.of(
                                "写信给 li.lei@example.com，或打 138 0013 8000、+86 13900139000、010-12345678"))
                .isEqualTo("写信给 <EMAIL>，或打 <PHONE>、<PHONE>、<PHONE>");
        assertThat(Masking.of("身份证 11010519491231002X，卡 4111 1111 1111 1111"))
                .isEqualTo("身份证 <ID>，卡 <CARD>");
        assertThat(Masking.of("key sk-abcdefghijklmnopqrstuv and zw_0123456789abcdefghij."))
                .isEqualTo("key <KEY> and <KEY>.");
        var plain = "2026-11-22 第 1234567 号文件，金额 12,345.67 元，第 4111111111111112 批";
        assertThat(Masking.of(plain)).isEqualTo(plain);
    }

    @Test
    void goodAnswersAndCorrectionsBecomeExamplesAndOnlyCorrectionsPairs() {
        var good = rated(true, "", UUID.randomUUID());
        var bad = rated(false, "", UUID.randomUUID());
        var corrected = rated(false, "20 days, ask a@b.cn", UUID.randomUUID());
        var all = List.of(good, bad, corrected);
        assertThat(lines(all, TrainingData.Form.CHAT)).hasSize(2);
        var pair = lines(all, TrainingData.Form.PREFERENCE).getFirst();
        assertThat(pair.get("chosen").asString()).isEqualTo("20 days, ask <EMAIL>");
        assertThat(pair.get("rejected").asString()).isEqualTo("15 days");
        assertThat(pair.get("provenance").get("documents")).hasSize(1);
        var context = lines(all, TrainingData.Form.CONTEXT).getFirst();
        assertThat(context.get("context").get(0).asString()).isEqualTo("There are 15 days.");
        assertThat(lines(all, TrainingData.Form.TEXT).getFirst().get("text").asString())
                .isEqualTo("<s>How many?\n15 days</s>");
    }

    @Test
    void noDocumentIsInTrainingAndTest() {
        var examples = new ArrayList<Feedback>();
        for (int i = 0; i < 200; i++) {
            var one = UUID.nameUUIDFromBytes(new byte[] {(byte) (i / 2)});
            var other = UUID.nameUUIDFromBytes(new byte[] {(byte) (i / 2), (byte) (i % 2)});
            examples.add(rated(true, "", one, other));
        }
        var split = new Split(examples);
        assertThat(examples).extracting(split::of).contains("train", "test");
        for (int i = 0; i < examples.size(); i += 2) {
            assertThat(split.of(examples.get(i))).isEqualTo(split.of(examples.get(i + 1)));
        }
    }

    private static Feedback rated(boolean good, String correction, UUID... documents) {
        var sources = new ArrayList<RatedSource>();
        for (var document : documents) {
            sources.add(
                    new RatedSource(
                            1, UUID.randomUUID(), document, 1, "a", null, "There are 15 days."));
        }
        return new Feedback(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "user:mei",
                new Verdict(good, null, "", correction),
                "How many?",
                "15 days",
                false,
                sources,
                List.of(),
                Instant.EPOCH);
    }

    private static List<JsonNode> lines(List<Feedback> rated, TrainingData.Form form) {
        return TrainingData.of(rated, form).lines().map(JsonMapper.shared()::readTree).toList();
    }
}
