package io.zhiwen.conversation.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.RatedSource;
import io.zhiwen.conversation.feedback.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingLinesTest {

    @Test
    void whatNamesAPersonOrOpensADoorIsMaskedAndOtherNumbersStay() {
        assertThat(masked("写信给 li.lei@example.com，或打 138 0013 8000、+86 13900139000、010-12345678"))
                .isEqualTo("写信给 <EMAIL>，或打 <PHONE>、<PHONE>、<PHONE>");
        assertThat(masked("身份证 11010519491231002X，卡 4111 1111 1111 1111"))
                .isEqualTo("身份证 <ID>，卡 <CARD>");
        assertThat(masked("key sk-abcdefghijklmnopqrstuv and zw_0123456789abcdefghij."))
                .isEqualTo("key <KEY> and <KEY>.");
        var plain = "2026-11-22 第 1234567 号文件，金额 12,345.67 元，第 4111111111111112 批";
        assertThat(masked(plain)).isEqualTo(plain);
    }

    @Test
    void goodAnswersAndCorrectionsBecomeExamplesAndBadOnesAreCounted() {
        var good = rated("How many?", true, "", UUID.randomUUID());
        var bad = rated("How many?", false, "", UUID.randomUUID());
        var corrected = rated("Who?", false, "Ask a@b.cn", UUID.randomUUID());
        var all = List.of(good, bad, corrected);

        var chat = TrainingLines.of(all, TrainingForm.CHAT);
        assertThat(chat.leftOut()).isEqualTo(Map.of(LeftOut.BAD, 1));
        assertThat(chat.masked()).isEqualTo(1);
        var messages = parsed(chat).getFirst().get("messages");
        assertThat(messages.get(0).get("content").asString()).isEqualTo("Answer only from them.");
        assertThat(messages.get(1).get("content").asString())
                .isEqualTo(
                        """
                        <passages>
                        <passage n="1" document="leave.txt">
                        There are 15 days.
                        </passage>
                        </passages>

                        How many?""");
        assertThat(messages.get(2).get("content").asString()).isEqualTo("15 days [1]");

        var context = parsed(TrainingLines.of(all, TrainingForm.CONTEXT)).getFirst();
        assertThat(context.at("/context/0/text").asString()).isEqualTo("There are 15 days.");
        var provenance = context.get("provenance");
        assertThat(provenance.get("answer").asString()).isEqualTo(good.rated().answer().toString());
        assertThat(provenance.get("model").asString()).isEqualTo("small");
        assertThat(provenance.get("prompt_version").asString()).hasSize(12);
        assertThat(provenance.at("/documents/0/version").asInt()).isEqualTo(3);
        assertThat(provenance.toString()).doesNotContain("mei");

        assertThat(
                        parsed(TrainingLines.of(all, TrainingForm.TEXT))
                                .getFirst()
                                .get("text")
                                .asString())
                .isEqualTo("<s>How many?\n15 days</s>");
    }

    @Test
    void aCorrectionIsChosenBeforeItsAnswerAndAGoodAnswerBeforeABadOneToTheSameQuestion() {
        var bases = UUID.randomUUID();
        var good = rated("How many?", true, "", bases);
        var bad = rated(" how many ", false, "", bases);
        var other = rated("Who else?", false, "", UUID.randomUUID());
        var corrected = rated("Who?", false, "Ask a@b.cn", UUID.randomUUID());

        var lines =
                TrainingLines.of(
                        List.of(good, saying(bad, "150 days"), other, corrected),
                        TrainingForm.PREFERENCE);

        assertThat(lines.leftOut()).isEqualTo(Map.of(LeftOut.NO_PAIR, 1));
        var pairs = parsed(lines);
        assertThat(pairs).hasSize(2);
        assertThat(pairs.get(0).get("chosen").asString()).isEqualTo("15 days [1]");
        assertThat(pairs.get(0).get("rejected").asString()).isEqualTo("150 days");
        assertThat(pairs.get(0).at("/provenance/rejected_answer").asString())
                .isEqualTo(bad.rated().answer().toString());
        assertThat(pairs.get(1).get("chosen").asString()).isEqualTo("Ask <EMAIL>");
        assertThat(pairs.get(1).get("rejected").asString()).isEqualTo("15 days [1]");
    }

    @Test
    void noDocumentIsInTrainingAndTestAndAboutOneLineInTenIsForTesting() {
        var examples = new ArrayList<Example>();
        for (int i = 0; i < 200; i++) {
            var one = UUID.nameUUIDFromBytes(new byte[] {(byte) (i / 2)});
            var other = UUID.nameUUIDFromBytes(new byte[] {(byte) (i / 2), (byte) (i % 2)});
            examples.add(rated("Question " + i, true, "", one, other));
        }
        var lines = TrainingLines.of(examples, TrainingForm.CONTEXT);

        assertThat(lines.test()).hasSize(20);
        assertThat(lines.train()).hasSize(180);
        var tested = documents(lines.test());
        assertThat(tested).isNotEmpty().doesNotContainAnyElementsOf(documents(lines.train()));
        assertThat(lines.test()).allMatch(line -> line.contains("\"split\":\"test\""));
    }

    @Test
    void whatHangsTogetherIsTrainedWithAsAWhole() {
        var shared = UUID.randomUUID();
        var examples = new ArrayList<Example>();
        for (int i = 0; i < 20; i++) {
            examples.add(rated("Question " + i, true, "", UUID.randomUUID(), shared));
        }
        assertThat(TrainingLines.of(examples, TrainingForm.TEXT).test()).isEmpty();
    }

    private static Set<String> documents(List<String> lines) {
        var documents = new HashSet<String>();
        for (var line : lines) {
            for (var one : JsonMapper.shared().readTree(line).at("/provenance/documents")) {
                documents.add(one.get("id").asString());
            }
        }
        return documents;
    }

    private static String masked(String text) {
        return new Masking().of(text);
    }

    private static Example saying(Example one, String text) {
        var rated = one.rated();
        return new Example(
                new Feedback(
                        rated.id(),
                        rated.answer(),
                        rated.reader(),
                        rated.verdict(),
                        rated.question(),
                        text,
                        false,
                        rated.sources(),
                        rated.bases(),
                        null,
                        rated.at()),
                one.sent());
    }

    private static Example rated(
            String question, boolean good, String correction, UUID... documents) {
        var sources = new ArrayList<RatedSource>();
        var passages = new ArrayList<Sent.Passage>();
        for (var document : documents) {
            var text = "There are 15 days.";
            sources.add(
                    new RatedSource(1, UUID.randomUUID(), document, 3, "leave.txt", null, text));
            passages.add(new Sent.Passage(passages.size() + 1, document, 3, "leave.txt", text));
        }
        var feedback =
                new Feedback(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "user:mei",
                        new Verdict(good, null, "", correction),
                        question,
                        "15 days [1]",
                        false,
                        sources,
                        List.of(),
                        null,
                        Instant.EPOCH);
        return new Example(
                feedback, new Sent(question, "Answer only from them.", "small", passages));
    }

    private static List<JsonNode> parsed(TrainingLines lines) {
        return Stream.concat(lines.train().stream(), lines.test().stream())
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
