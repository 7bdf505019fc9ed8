package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.curate.ApprovedAnswers;
import io.zhiwen.curate.ApprovedDraft;
import io.zhiwen.evaluate.golden.GoldenQuestions;
import io.zhiwen.ingest.upload.DocumentId;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ApprovedAnswersTest extends House {

    private static final String QUESTION = "How many days of annual leave do employees get?";
    private static final String REWORDED = "How many days of annual leave does an employee get?";
    private static final String ANSWER =
            "You get **15 days** a year. [1]\n\nAsk your manager first.";

    @Autowired ApprovedAnswers answers;
    @Autowired GoldenQuestions golden;

    @BeforeEach
    void ready() throws InterruptedException {
        awaitReady(documentA);
        awaitReady(documentB);
    }

    @AfterEach
    void forget() {
        db.sql("delete from approved_answer").update();
        db.sql("delete from golden_question where source = 'approved'").update();
    }

    @Test
    void aRewordedQuestionGetsTheApprovedAnswerWordForWordAndSaysWhoStandsForIt() throws Exception {
        var before = LocalDate.now();
        answers.add(root, baseA, draft(documentA, null));

        var reply = ask(limitedKey, REWORDED);

        assertThat(reply.path("engine").asString()).isEqualTo("approved");
        assertThat(reply.path("answer").asString()).isEqualTo(ANSWER);
        assertThat(reply.path("note").asString())
                .isIn(
                        "Approved answer: root, " + before,
                        "Approved answer: root, " + LocalDate.now());
        var source = reply.path("citations").path(0);
        assertThat(source.path("document").path("id").asString())
                .isEqualTo(documentA.value().toString());
        assertThat(source.path("text").asString()).contains("15 days");
        assertThat(golden.of(root, baseA))
                .anySatisfy(one -> assertThat(one.text()).isEqualTo(QUESTION));
    }

    @Test
    void anotherQuestionIsNotAnsweredWithIt() throws Exception {
        answers.add(root, baseA, draft(documentA, null));
        assertThat(ask(limitedKey, "When do employees get their annual leave?").path("engine"))
                .asString()
                .doesNotContain("approved");
        assertThat(ask(limitedKey, "How many days of sick leave do employees get?").path("engine"))
                .asString()
                .doesNotContain("approved");
    }

    @Test
    void theOpenAiDoorAndTheChatGiveItToo() throws Exception {
        answers.add(root, baseA, draft(documentA, null));
        var asked =
                service(limitedKey)
                        .post(
                                "/v1/chat/completions",
                                """
                                {"model":"%s","messages":[{"role":"user","content":"%s"}]}
                                """
                                        .formatted(baseA, REWORDED));
        assertThat(asked.json().path("choices").path(0).path("message").path("content").asString())
                .isEqualTo(ANSWER);
        assertThat(asked.json().path("zhiwen").path("engine").asString()).isEqualTo("approved");
    }

    @Test
    void whoMayNotReadABaseOrASourceNeverGetsWhatRestsOnIt() throws Exception {
        answers.add(root, baseB, draft(documentB, null));
        assertThat(ask(fullKey, REWORDED).path("engine").asString()).isEqualTo("approved");
        assertThat(ask(limitedKey, REWORDED).path("engine").asString()).isNotEqualTo("approved");

        DocumentId open = upload(baseA, "open.txt", "Sabbaticals take three months.");
        DocumentId closed = upload(baseA, "closed.txt", "Sabbaticals of the board take a year.");
        awaitReady(open);
        awaitReady(closed);
        var sources =
                List.of(
                        new ApprovedDraft.Source(open.value(), ""),
                        new ApprovedDraft.Source(closed.value(), ""));
        answers.add(
                root,
                baseA,
                new ApprovedDraft(List.of("How long is a sabbatical?"), "A year.", sources, null));
        var mei = signedIn("mei").withToken();
        assertThat(chat(mei, "How long is a sabbatical?")).contains("A year.");
        var place =
                db.sql(
                                """
                                insert into acl (knowledge_base_id, parent_id, closed)
                                values (:base, null, true) returning id
                                """)
                        .param("base", baseA.value())
                        .query(Long.class)
                        .single();
        db.sql("update document set own_acl_id = :acl, acl_id = :acl where id = :id")
                .param("acl", place)
                .param("id", closed.value())
                .update();
        assertThat(chat(mei, "How long is a sabbatical?")).doesNotContain("A year.");
        library.delete(root, open);
        library.delete(root, closed);
    }

    @Test
    void oneThatExpiredOrWhoseSourceIsGoneIsNotGiven() throws Exception {
        var made = answers.add(root, baseA, draft(documentA, LocalDate.now().minusDays(1)));
        assertThat(made.state().code()).isEqualTo("expired");
        assertThat(ask(fullKey, REWORDED).path("engine").asString()).isNotEqualTo("approved");

        DocumentId passing = upload(baseA, "passing.txt", "Annual leave was 12 days.");
        awaitReady(passing);
        answers.change(root, made.id(), draft(passing, null));
        assertThat(ask(fullKey, REWORDED).path("engine").asString()).isEqualTo("approved");
        library.delete(root, passing);
        assertThat(ask(fullKey, REWORDED).path("engine").asString()).isNotEqualTo("approved");
        assertThat(answers.find(root, made.id()).orElseThrow().state().code())
                .isEqualTo("source-gone");
    }

    @Test
    void aTableComesInFromExcelGoesOutAsCsvAndComesBack() throws Exception {
        var root = signedIn("root").withToken();
        var path = "/library/" + baseA + "/answers";
        var sent =
                service(fullKey)
                        .upload(
                                "POST",
                                "/api/v1/knowledge-bases/" + baseA + "/approved-answers/import",
                                "answers.xlsx",
                                workbook());
        assertThat(sent.json().path("added").asInt()).as(sent.body()).isEqualTo(2);
        var csv = root.get(path + "/export").body();
        assertThat(csv).contains("差旅费多久报销？ | 出差的钱多久能报？").contains("'=1+1 is no formula");

        var back =
                root.upload("POST", path + "/import", "approved-answers.csv", csv.getBytes(UTF_8));
        assertThat(back.status()).isEqualTo(302);
        var page = root.get(path).body();
        assertThat(page).contains("0 added, 2 replaced.").contains("=1+1 is no formula");
        var all = answers.of(House.root, baseA);
        assertThat(all).hasSize(2);
        assertThat(all).anySatisfy(one -> assertThat(one.text()).isEqualTo("=1+1 is no formula"));
        assertThat(all)
                .anySatisfy(
                        one -> assertThat(one.expiresOn()).isEqualTo(LocalDate.of(2099, 12, 31)));

        var wrong = "questions,answer,documents\nA?,B,nowhere.txt\n".getBytes(UTF_8);
        root.upload("POST", path + "/import", "wrong.csv", wrong);
        assertThat(root.get(path).body()).contains("nowhere.txt");
    }

    @Test
    void oneIsWrittenInTheBrowserAndWhatIsMissingIsTold() throws Exception {
        var admin = signedIn("root").withToken();
        var path = "/library/" + baseA + "/answers";
        var without =
                admin.form(path + "/new", Map.of("questions", QUESTION, "text", "15 days [1]"));
        assertThat(without.body()).contains("Choose at least one document").contains(QUESTION);

        var made =
                admin.form(
                        path + "/new",
                        Map.of(
                                "questions",
                                QUESTION + "\nHow much annual leave is there?",
                                "text",
                                "15 days [1]",
                                "document",
                                documentA.value().toString(),
                                "quote",
                                "15 days of annual leave"));
        assertThat(made.status()).isEqualTo(302);
        assertThat(admin.get(path).body())
                .contains(QUESTION)
                .contains("leave.txt")
                .contains("root");
        var id = answers.of(House.root, baseA).getFirst().id();
        assertThat(admin.get("/library/answers/" + id).body()).contains("Approved by root");
        assertThat(admin.form("/library/answers/" + id + "/delete", Map.of()).status())
                .isEqualTo(302);
        assertThat(answers.of(House.root, baseA)).isEmpty();
    }

    private static ApprovedDraft draft(DocumentId document, LocalDate expires) {
        var source = new ApprovedDraft.Source(document.value(), "");
        return new ApprovedDraft(List.of(QUESTION), ANSWER, List.of(source), expires);
    }

    private tools.jackson.databind.JsonNode ask(String key, String question) throws Exception {
        var reply = service(key).post("/api/v1/ask", "{\"question\":\"" + question + "\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /// What the chat streams.
    private String chat(Visitor reader, String question) throws Exception {
        var reply =
                reader.post(
                        "/app/conversations",
                        "{\"text\":\"%s\",\"bases\":[\"%s\"]}".formatted(question, baseA));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    private static byte[] workbook() throws Exception {
        try (var book = new XSSFWorkbook();
                var bytes = new ByteArrayOutputStream()) {
            var sheet = book.createSheet();
            List<List<String>> rows =
                    List.of(
                            List.of("问题", "答案", "文档", "引文", "有效期至"),
                            List.of(
                                    "差旅费多久报销？|出差的钱多久能报？",
                                    "十四天内。[1]",
                                    "leave.txt",
                                    "15 days",
                                    "2099-12-31"),
                            List.of("What is this?", "=1+1 is no formula", "leave.txt", "", ""));
            for (int i = 0; i < rows.size(); i++) {
                var row = sheet.createRow(i);
                for (int j = 0; j < rows.get(i).size(); j++) {
                    row.createCell(j).setCellValue(rows.get(i).get(j));
                }
            }
            book.write(bytes);
            return bytes.toByteArray();
        }
    }
}
