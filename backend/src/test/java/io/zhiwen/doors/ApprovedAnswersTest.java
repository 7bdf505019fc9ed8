package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.curate.ApprovedAnswer;
import io.zhiwen.curate.ApprovedAnswers;
import io.zhiwen.curate.ApprovedDraft;
import io.zhiwen.curate.ApprovedOrder;
import io.zhiwen.evaluate.golden.GoldenQuestions;
import io.zhiwen.ingest.upload.DocumentId;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jsoup.Jsoup;
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
        var listed = all();
        assertThat(listed).hasSize(2);
        assertThat(listed)
                .anySatisfy(one -> assertThat(one.text()).isEqualTo("=1+1 is no formula"));
        assertThat(listed)
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
        var id = all().getFirst().id();
        assertThat(admin.get("/library/answers/" + id).body()).contains("Approved by root");
        assertThat(admin.form("/library/answers/" + id + "/delete", Map.of()).status())
                .isEqualTo(302);
        assertThat(all()).isEmpty();
    }

    @Test
    void aLongListIsPagedSearchedAndSortedByTheServer() throws Exception {
        for (int i = 1; i <= 60; i++) {
            db.sql(
                            """
                            with made as (
                                insert into approved_answer (id, knowledge_base_id, text,
                                    approved_by, given)
                                values (gen_random_uuid(), :base, 'Zephyr ' || :n, 'root', :n)
                                returning id, knowledge_base_id)
                            insert into approved_question (id, approved_answer_id,
                                knowledge_base_id, number, text, vector, space)
                            select gen_random_uuid(), id, knowledge_base_id, 1,
                                'Zephyr question ' || :n || '?', '', 'none' from made
                            """)
                    .param("base", baseA.value())
                    .param("n", i)
                    .update();
        }
        var admin = signedIn("root");
        var page = "/library/" + baseA + "/answers";
        assertThat(rows(admin.get(page).body())).hasSize(50).startsWith("Zephyr question 60?");
        assertThat(rows(admin.get(page + "?page=2").body())).hasSize(10);
        assertThat(rows(admin.get(page + "?q=zephyr+7").body()))
                .containsExactly("Zephyr question 7?");
        assertThat(rows(admin.get(page + "?sort=given&dir=asc&q=Zephyr").body()))
                .startsWith("Zephyr question 1?", "Zephyr question 2?");
        assertThat(admin.get(page + "?sort=given&q=Zephyr").body())
                .contains("aria-sort=\"descending\"")
                .contains("q=Zephyr&amp;page=2");

        var list = "/api/v1/knowledge-bases/" + baseA + "/approved-answers?limit=25&q=zephyr";
        var key = service(fullKey);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            var part = key.get(list + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
            part.path("items").forEach(one -> seen.add(one.path("questions").path(0).asString()));
            cursor = part.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(60).doesNotHaveDuplicates().startsWith("Zephyr question 60?");
        assertThat(key.get(list + "&cursor=none").status()).isEqualTo(400);
    }

    private static List<String> rows(String page) {
        return Jsoup.parse(page).select("[data-testid=answer-row] a.name").eachText();
    }

    @Test
    void aDocumentIsLookedForByPartOfItsNameWithoutLosingWhatWasWritten() throws Exception {
        for (int i = 1; i <= 30; i++) {
            db.sql(
                            """
                            insert into document (id, knowledge_base_id, name, created_by,
                                live_version)
                            values (gen_random_uuid(), :base, 'quokka ' || :n || '.txt', 'root', 1)
                            """)
                    .param("base", baseA.value())
                    .param("n", i)
                    .update();
        }
        try {
            var admin = signedIn("root").withToken();
            var path = "/library/" + baseA + "/answers/new";
            assertThat(options(admin.get(path).body())).hasSizeLessThanOrEqualTo(20);
            var found =
                    admin.form(
                            path,
                            Map.of(
                                    "questions",
                                    "Who hops?",
                                    "text",
                                    "They do. [1]",
                                    "document",
                                    "",
                                    "find",
                                    "QUOKKA 17",
                                    "quote",
                                    "one, two",
                                    "look",
                                    "true"));
            assertThat(found.status()).isEqualTo(200);
            assertThat(options(found.body())).containsExactly("quokka 17.txt");
            assertThat(found.body()).contains("Who hops?", "They do. [1]", "one, two");
            assertThat(
                            options(
                                    admin.form(
                                                    path,
                                                    Map.of(
                                                            "find",
                                                            "quokka",
                                                            "document",
                                                            "",
                                                            "look",
                                                            "true"))
                                            .body()))
                    .hasSize(20);
            assertThat(all()).isEmpty();

            assertThat(signedIn("mei").get(path + "?find=quokka").status()).isEqualTo(403);
        } finally {
            db.sql("delete from document where name like 'quokka %'").update();
        }
    }

    /// What the first list of documents offers.
    private static List<String> options(String page) {
        return Jsoup.parse(page).select("#a-document-0 option:not([value=''])").eachText();
    }

    @Test
    void aQuoteWithACommaIsKeptWhole() throws Exception {
        var admin = signedIn("root").withToken();
        var made =
                admin.form(
                        "/library/" + baseA + "/answers/new",
                        Map.of(
                                "questions",
                                QUESTION,
                                "text",
                                "15 days [1]",
                                "document",
                                documentA.value().toString(),
                                "quote",
                                "15 days, of annual leave"));
        assertThat(made.status()).isEqualTo(302);
        assertThat(all().getFirst().sources().getFirst().quote())
                .isEqualTo("15 days, of annual leave");
    }

    private List<ApprovedAnswer> all() {
        return answers.page(House.root, baseA, "", ApprovedOrder.ADDED, true, 1, 200).rows();
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
