package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Audit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// People, groups and questions by the hundred.
class LongListsTest extends House {

    @Autowired Audit audit;

    @BeforeEach
    void fill() {
        db.sql(
                        """
                        insert into app_user (id, name, role, password_hash)
                        select gen_random_uuid(), 'crowd-' || lpad(n::text, 3, '0'), 'member', 'x'
                        from generate_series(1, 120) n
                        """)
                .update();
        db.sql(
                        """
                        insert into user_group (id, name)
                        select gen_random_uuid(), 'choir-' || lpad(n::text, 3, '0')
                        from generate_series(1, 60) n
                        """)
                .update();
        db.sql(
                        """
                        with asked as (
                            insert into answer_trace (id, question, trace)
                            select gen_random_uuid(), 'Where is locker ' || lpad(n::text, 3, '0'),
                                '{}'
                            from generate_series(1, 70) n returning id, question),
                        made as (
                            insert into work_item (id, knowledge_base_id, question, vector, space)
                            select id, cast(:base as uuid), question, '\\x00000000', 'none' from asked
                            returning id)
                        insert into work_question
                            (work_item_id, answer_id, why, question, asker, asked_at)
                        select id, id, 'refused', question, 'somebody', now() from asked
                        """)
                .param("base", baseA.value())
                .update();
    }

    @AfterEach
    void clear() {
        db.sql("delete from app_user where name like 'crowd-%'").update();
        db.sql("delete from user_group where name like 'choir-%'").update();
        db.sql("delete from work_item where question like 'Where is locker %'").update();
        db.sql("delete from answer_trace where question like 'Where is locker %'").update();
    }

    @Test
    void theAuditTrailIsTurnedBackAndForthWithWhatIsLookedFor() throws Exception {
        var object = "shelf:" + UUID.randomUUID();
        for (int i = 0; i < 120; i++) {
            audit.record(root, "shelf.dust", object, Map.of("round", i));
        }
        var admin = signedIn("root");
        var newest = page(admin, "/admin/audit?object=" + object);
        assertThat(newest.select("[data-testid=audit-newer]")).isEmpty();
        var middle = page(admin, href(newest, "audit-older"));
        var oldest = page(admin, href(middle, "audit-older"));
        assertThat(newest.select("[data-testid=audit-row]")).hasSize(50);
        assertThat(oldest.select("[data-testid=audit-row]")).hasSize(20);
        assertThat(oldest.select("[data-testid=audit-older]")).isEmpty();
        assertThat(rows(page(admin, href(oldest, "audit-newer")))).isEqualTo(rows(middle));
        var back = page(admin, href(middle, "audit-newer"));
        assertThat(rows(back)).isEqualTo(rows(newest));
        assertThat(back.select("[data-testid=audit-newer]")).isEmpty();
        assertThat(rows(page(admin, href(oldest, "audit-newest")))).isEqualTo(rows(newest));
        assertThat(oldest.select("[name=object]").attr("value")).isEqualTo(object);
    }

    @Test
    void theAuditTrailSaysWhatThingsAreCalledAndWhatIsGoneKeepsItsId() throws Exception {
        var admin = signedIn("root");
        var gone = "document:" + UUID.randomUUID();
        var key = UUID.randomUUID().toString();
        for (var object : List.of("document:" + documentA, "base:" + baseA, gone)) {
            audit.record(root, "shelf.look", object, Map.of("key", key, "at", List.of("a", "b")));
        }
        audit.record(
                root,
                "shelf.look",
                "user:" + member.id(),
                Map.of("by", 3, "note", "", "said", "many words ".repeat(30)));
        var rows = page(admin, "/admin/audit?action=shelf.look").select("[data-testid=audit-row]");
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0).select("[data-testid=audit-name]").text()).isEqualTo("mei");
        assertThat(rows.get(0).select("li").eachText()).hasSize(2).contains("by 3");
        assertThat(rows.get(0).select("details summary").text()).isEqualTo("said");
        assertThat(rows.get(1).select("[data-testid=audit-name]")).isEmpty();
        assertThat(rows.get(1).text()).contains(gone);
        var links = rows.select("[data-testid=audit-name]");
        assertThat(links.eachAttr("href"))
                .containsExactly(
                        "/admin/users/" + member.id(),
                        "/library/" + baseA,
                        "/library/documents/" + documentA);
        assertThat(rows.get(3).text()).contains("document:" + documentA, "key " + key, "at a, b");
        for (var link : links) {
            var target = page(admin, link.attr("href"));
            assertThat(target.select("h1").text()).contains(link.text());
        }
    }

    @Test
    void aGroupToPutInsideAnotherIsLookedForByName() throws Exception {
        var outer = groups.create(root, "everybody who sings");
        try {
            var admin = signedIn("root");
            var first = page(admin, "/admin/groups/" + outer.id());
            assertThat(first.select("#inner option:not([value=''])")).hasSize(20);
            var found = page(admin, "/admin/groups/" + outer.id() + "?of=groups&find=CHOIR-05");
            assertThat(found.select("#inner option:not([value=''])").eachText())
                    .startsWith("choir-050")
                    .hasSize(10);
            assertThat(found.select("#user option").size()).isGreaterThan(20);
        } finally {
            groups.delete(root, outer.id());
        }
    }

    private static String href(Document page, String button) {
        return page.select("[data-testid=" + button + "]").attr("href");
    }

    private static String rows(Document page) {
        return page.select("[data-testid=audit-row]").text();
    }

    @Test
    void theyAreLookedThroughAndTurnedPageByPage() throws Exception {
        var admin = signedIn("root");
        var all = page(admin, "/admin/users?q=CROWD");
        assertThat(all.select("[data-testid=user-row]")).hasSize(50);
        assertThat(all.select("[data-testid=range]").text()).contains("120");
        var last = page(admin, "/admin/users?q=crowd&page=3");
        assertThat(last.select("[data-testid=user-link]").eachText())
                .hasSize(20)
                .endsWith("crowd-120");
        assertThat(last.select("[data-testid=page-after]")).isEmpty();
        assertThat(last.select("[data-testid=page-before]").attr("href"))
                .isEqualTo("/admin/users?q=crowd&page=2");

        assertThat(page(admin, "/admin/groups?q=choir-06").select("[data-testid=group-row]"))
                .hasSize(1);
        assertThat(page(admin, "/admin/groups?page=2").select("[data-testid=group-link]").text())
                .contains("choir-060");

        var work = page(admin, "/work-list?q=locker&page=2&base=" + baseA);
        assertThat(work.select("[data-testid=work-row]")).hasSize(20);
        assertThat(work.select("[data-testid=page-before]").attr("href"))
                .contains("base=" + baseA)
                .contains("q=locker");
        var items = service(fullKey).get("/api/v1/work-items?q=LOCKER%20070").json();
        assertThat(items.path("total").asInt()).isEqualTo(1);
        assertThat(items.path("items").path(0).toString()).contains("Where is locker 070");
    }

    private static Document page(Visitor visitor, String path) throws Exception {
        var reply = visitor.get(path);
        assertThat(reply.status()).isEqualTo(200);
        return Jsoup.parse(reply.body());
    }
}
