package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldsTest {

    @TempDir Path folder;
    private LibraryHouse house;
    private Principal.User admin;
    private KnowledgeBaseId base;

    @BeforeEach
    void open() throws Exception {
        house = new LibraryHouse(folder);
        admin = house.admin;
        base = house.library.create(admin, "Contracts").id();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aTextIsWhatWasWrittenUpToItsLength() throws Exception {
        define("Partner", FieldKind.TEXT);
        var id = upload("a.txt");

        assertThat(set(id, "partner", "  Müller & 李  "))
                .isEqualTo(new FieldValue.Text("Müller & 李"));
        assertThat(set(id, "Partner", "x".repeat(500))).isNotNull();
        refused(FieldRefused.Reason.LONG_TEXT, () -> set(id, "Partner", "x".repeat(501)));
    }

    @Test
    void aNumberIsExactAndNothingElseIsOne() throws Exception {
        define("Amount", FieldKind.NUMBER);
        var id = upload("a.txt");

        assertThat(set(id, "Amount", "12345678901234567.89"))
                .isEqualTo(new FieldValue.Amount(new BigDecimal("12345678901234567.89")));
        assertThat(set(id, "Amount", "-3e2"))
                .isEqualTo(new FieldValue.Amount(new BigDecimal("-300")));
        for (var wrong :
                List.of("12 apples", "1,5", "NaN", "1e999999999", "1e-99", "9".repeat(21))) {
            refused(FieldRefused.Reason.NO_NUMBER, () -> set(id, "Amount", wrong));
        }
    }

    @Test
    void aDateIsADayOfTheCalendar() throws Exception {
        define("Signed", FieldKind.DATE);
        var id = upload("a.txt");

        assertThat(set(id, "Signed", "2024-02-29"))
                .isEqualTo(new FieldValue.Day(LocalDate.of(2024, 2, 29)));
        for (var wrong : List.of("2026-02-29", "29.2.2024", "tomorrow", "+12026-01-01")) {
            refused(FieldRefused.Reason.NO_DATE, () -> set(id, "Signed", wrong));
        }
    }

    @Test
    void aChoiceIsOneOfThoseOfItsField() throws Exception {
        define("State", FieldKind.CHOICE, "Draft", "有效");
        var id = upload("a.txt");

        assertThat(set(id, "State", "draft")).isEqualTo(new FieldValue.Text("Draft"));
        assertThatThrownBy(() -> set(id, "State", "gone"))
                .isInstanceOf(FieldRefused.class)
                .hasMessageContaining("“State” takes one of Draft, 有效, not “gone”");
    }

    @Test
    void yesAndNoAreSaidInBothLanguages() throws Exception {
        define("Secret", FieldKind.YES_NO);
        var id = upload("a.txt");

        for (var yes : List.of("yes", "TRUE", "是")) {
            assertThat(set(id, "Secret", yes)).isEqualTo(new FieldValue.Truth(true));
        }
        for (var no : List.of("no", "false", "否")) {
            assertThat(set(id, "Secret", no)).isEqualTo(new FieldValue.Truth(false));
        }
        refused(FieldRefused.Reason.NO_TRUTH, () -> set(id, "Secret", "perhaps"));
    }

    @Test
    void oneWrongValueChangesNothingAndAnEmptyOneClears() throws Exception {
        define("Partner", FieldKind.TEXT);
        define("Amount", FieldKind.NUMBER);
        var id = upload("a.txt");
        set(id, "Partner", "ACME");

        assertThatThrownBy(
                        () ->
                                house.fieldValues.set(
                                        admin, id, Map.of("Partner", "B", "Amount", "x")))
                .isInstanceOf(FieldRefused.class);
        assertThat(value(id, "Partner")).isEqualTo(new FieldValue.Text("ACME"));
        refused(FieldRefused.Reason.UNKNOWN, () -> set(id, "Colour", "red"));

        assertThat(set(id, "Partner", " ")).isNull();
        assertThat(row(id).fields()).isEmpty();
    }

    @Test
    void fieldsHaveNamesOfTheirOwnAndChoicesThatMakeSense() {
        define("State", FieldKind.CHOICE, "Draft");
        refused(FieldRefused.Reason.NAME_TAKEN, () -> define("STATE", FieldKind.TEXT));
        refused(FieldRefused.Reason.NAMELESS, () -> define(" ", FieldKind.TEXT));
        refused(FieldRefused.Reason.NAMELESS, () -> define("x".repeat(61), FieldKind.TEXT));
        refused(FieldRefused.Reason.ODD_CHOICES, () -> define("None", FieldKind.CHOICE));
        refused(FieldRefused.Reason.ODD_CHOICES, () -> define("Twice", FieldKind.CHOICE, "a", "A"));
        refused(
                FieldRefused.Reason.CHOICES_OF_OTHER_KIND,
                () -> define("Text", FieldKind.TEXT, "a"));
        refused(
                FieldRefused.Reason.KINDLESS,
                () -> house.fields.define(admin, base, new FieldWish("n", null, null, null)));
        for (int i = 1; i < Fields.MOST; i++) {
            define("Field " + i, FieldKind.TEXT);
        }
        refused(FieldRefused.Reason.TOO_MANY, () -> define("One more", FieldKind.TEXT));
    }

    @Test
    void aFieldIsRenamedAndMovedButKeepsItsKindAndTheChoicesInUse() throws Exception {
        var state = define("State", FieldKind.CHOICE, "Draft", "Signed", "Old");
        var amount = define("Amount", FieldKind.NUMBER);
        set(upload("a.txt"), "State", "Draft");

        change(state, new FieldWish("Status", null, List.of("Signed", "Draft", "Void"), 2));

        assertThat(house.fields.of(house.everything(), base))
                .extracting(BaseField::name)
                .containsExactly("Amount", "Status");
        refused(
                FieldRefused.Reason.CHOICE_IN_USE,
                () -> change(state, new FieldWish("Status", null, List.of("Signed"), null)));
        refused(
                FieldRefused.Reason.OTHER_KIND,
                () -> change(amount, new FieldWish("Amount", FieldKind.TEXT, null, null)));
        change(amount, FieldWish.moved(amount, 9));
        assertThat(house.fields.of(house.everything(), base))
                .extracting(BaseField::name)
                .containsExactly("Status", "Amount");
    }

    @Test
    void deletingAFieldSaysHowManyDocumentsLoseAValue() throws Exception {
        var partner = define("Partner", FieldKind.TEXT);
        var kept = upload("a.txt");
        var gone = upload("b.txt");
        set(kept, "Partner", "ACME");
        set(gone, "Partner", "ACME");
        house.library.delete(admin, gone);

        assertThat(house.fields.uses(house.everything(), base)).containsEntry(partner.id(), 1L);
        assertThat(house.fields.delete(admin, base, partner.id())).isEqualTo(1);
        assertThat(row(kept).fields()).isEmpty();
        assertThatThrownBy(() -> house.fields.delete(admin, base, partner.id()))
                .isInstanceOf(NoSuchField.class);
    }

    @Test
    void aFieldOfAnotherBaseIsNone() throws Exception {
        var other = house.library.create(admin, "Other").id();
        var theirs = define("Partner", FieldKind.TEXT);
        var id = house.library.upload(admin, other, "o.txt", bytes("o")).id();

        refused(FieldRefused.Reason.UNKNOWN, () -> set(id, theirs.id().toString(), "x"));
        assertThatThrownBy(
                        () ->
                                house.fields.change(
                                        admin, other, theirs.id(), FieldWish.moved(theirs, 1)))
                .isInstanceOf(NoSuchField.class);
    }

    @Test
    void managersDefineEditorsFillInReadersSeeAndStrangersSeeNothing() throws Exception {
        define("Partner", FieldKind.TEXT);
        var id = upload("a.txt");
        set(id, "Partner", "ACME");
        var somebody = house.user("member");
        var scope = house.access.everythingFor(somebody);
        assertThat(house.fields.of(scope, base)).isEmpty();
        assertThat(house.fields.uses(scope, base)).isEmpty();
        assertThatThrownBy(() -> define(somebody)).isInstanceOf(NoSuchKnowledgeBase.class);
        assertThatThrownBy(() -> house.fieldValues.set(somebody, id, Map.of("Partner", "B")))
                .isInstanceOf(NoSuchDocument.class);

        give(somebody, BaseRole.READER);
        assertThat(house.fields.of(house.access.everythingFor(somebody), base)).hasSize(1);
        assertThatThrownBy(() -> house.fieldValues.set(somebody, id, Map.of("Partner", "B")))
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> many(somebody, List.of(id), "Partner", "B"))
                .isInstanceOf(NotAllowed.class);

        give(somebody, BaseRole.EDITOR);
        house.fieldValues.set(somebody, id, Map.of("Partner", "B"));
        assertThat(value(id, "Partner")).isEqualTo(new FieldValue.Text("B"));
        assertThatThrownBy(() -> define(somebody)).isInstanceOf(NotAllowed.class);

        give(somebody, BaseRole.MANAGER);
        assertThat(define(somebody).name()).isEqualTo("Theirs");
    }

    @Test
    void manyDocumentsGetOneValueAndEveryChangeIsWrittenDown() throws Exception {
        define("State", FieldKind.CHOICE, "Draft", "Signed");
        var a = upload("a.txt");
        var b = upload("b.txt");
        var elsewhere = house.library.create(admin, "Other").id();
        var other = house.library.upload(admin, elsewhere, "o.txt", bytes("o")).id();
        set(a, "State", "Signed");

        assertThat(many(admin, List.of(a, b, other), "State", "Signed")).isEqualTo(1);
        assertThat(many(admin, List.of(a, b), "State", "Signed")).isZero();
        assertThat(value(b, "State")).isEqualTo(new FieldValue.Text("Signed"));
        assertThat(row(other).fields()).isEmpty();
        refused(FieldRefused.Reason.NO_CHOICE, () -> many(admin, List.of(a, b), "State", "Void"));
        assertThat(many(admin, List.of(a, b), "State", null)).isEqualTo(2);

        assertThat(
                        house.db
                                .sql(
                                        """
                                        select detail ->> 'fields' from audit_event
                                        where action = 'document.fields' order by id
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "{\"State\": \"Signed\"}", "{\"State\": \"Signed\"}", "{\"State\": \"\"}");
    }

    @Test
    void theTableIsFilteredByEveryKindAndByOwner() throws Exception {
        define("Partner", FieldKind.TEXT);
        define("Amount", FieldKind.NUMBER);
        define("Signed", FieldKind.DATE);
        define("State", FieldKind.CHOICE, "Draft", "Final");
        define("Secret", FieldKind.YES_NO);
        var a = upload("a.txt");
        var b = upload("b.txt");
        upload("c.txt");
        house.fieldValues.set(
                admin,
                a,
                Map.of(
                        "Partner",
                        "ACME 公司",
                        "Amount",
                        "10.5",
                        "Signed",
                        "2026-01-31",
                        "State",
                        "Draft",
                        "Secret",
                        "yes"));
        house.fieldValues.set(
                admin,
                b,
                Map.of(
                        "Partner",
                        "Globex",
                        "Amount",
                        "200",
                        "Signed",
                        "2026-03-01",
                        "State",
                        "Final",
                        "Secret",
                        "no"));
        house.lives.set(admin, b, new LifeWish("b.txt", true, null, null, null, admin.name()));

        assertThat(found("Partner", "acme")).containsExactly("a.txt");
        assertThat(found("Partner", "o")).containsExactly("b.txt");
        assertThat(found("Amount", "10.50")).containsExactly("a.txt");
        assertThat(found("Amount", "11..")).containsExactly("b.txt");
        assertThat(found("Amount", "..300")).containsExactly("a.txt", "b.txt");
        assertThat(found("Amount", "..")).containsExactly("a.txt", "b.txt");
        assertThat(found("Signed", "2026-01-31..2026-02-28")).containsExactly("a.txt");
        assertThat(found("State", "Final")).containsExactly("b.txt");
        assertThat(found("Secret", "no")).containsExactly("b.txt");
        refused(FieldRefused.Reason.NO_NUMBER, () -> found("Amount", "1..x"));
        assertThat(names(new DocumentFilter("", "", null, admin.name(), List.of())))
                .containsExactly("b.txt");
        assertThat(house.table.owners(house.everything(), base)).containsExactly(admin.name());
    }

    @Test
    void everyOrderIsWalkedByCursorWithFilters() throws Exception {
        define("State", FieldKind.CHOICE, "Draft");
        for (int i = 0; i < 7; i++) {
            set(upload(i % 2 == 0 ? "Doc " + i + ".txt" : "doc " + i + ".txt"), "State", "Draft");
        }
        upload("none.txt");
        var drafts =
                new DocumentFilter(
                        "", "", null, "", List.of(FieldFilter.of(field("State"), "Draft")));
        for (var order : Listing.Order.values()) {
            for (boolean descending : new boolean[] {true, false}) {
                List<String> walked = new java.util.ArrayList<>();
                String cursor = null;
                do {
                    var page =
                            house.table.stretch(
                                    house.everything(),
                                    base,
                                    new Stretch(null, drafts, order, descending, cursor, 3));
                    page.items().forEach(row -> walked.add(row.name()));
                    cursor = page.nextCursor();
                } while (cursor != null);
                var whole = new Listing(null, drafts, order, descending, 1, 20);
                assertThat(walked)
                        .as("%s %s", order, descending)
                        .hasSize(7)
                        .isEqualTo(names(whole));
            }
        }
        var first =
                house.table.stretch(house.everything(), base, Stretch.newest(null, 3)).nextCursor();
        assertThatThrownBy(
                        () ->
                                house.table.stretch(
                                        house.everything(),
                                        base,
                                        new Stretch(
                                                null, drafts, Listing.Order.NAME, false, first, 3)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsPurgedOrDeletedTakesItsFieldsAlong() throws Exception {
        define("Partner", FieldKind.TEXT);
        set(upload("a.txt"), "Partner", "ACME");

        house.library.delete(admin, base);
        house.purge.run();

        assertThat(house.count("select count(*) from document_field")).isZero();
        assertThat(house.count("select count(*) from base_field")).isZero();
    }

    private BaseField define(String name, FieldKind kind, String... choices) {
        return house.fields.define(admin, base, new FieldWish(name, kind, List.of(choices), null));
    }

    private BaseField define(Principal who) {
        return house.fields.define(who, base, new FieldWish("Theirs", FieldKind.TEXT, null, null));
    }

    private void change(BaseField field, FieldWish wish) {
        house.fields.change(admin, base, field.id(), wish);
    }

    private BaseField field(String name) {
        return Fields.named(house.fields.of(house.everything(), base), name).orElseThrow();
    }

    private @Nullable FieldValue set(DocumentId id, String field, String value) {
        var values = new HashMap<String, @Nullable String>();
        values.put(field, value);
        house.fieldValues.set(admin, id, values);
        return value(id, field);
    }

    private int many(Principal who, List<DocumentId> ids, String field, @Nullable String value) {
        return house.fieldValues.set(who, base, ids, field, value);
    }

    private @Nullable FieldValue value(DocumentId id, String field) {
        return row(id).fields().stream()
                .filter(given -> given.name().equalsIgnoreCase(field))
                .map(DocumentRow.Given::value)
                .findFirst()
                .orElse(null);
    }

    private List<String> found(String field, String asked) {
        return names(
                new DocumentFilter("", "", null, "", List.of(FieldFilter.of(field(field), asked))));
    }

    private List<String> names(DocumentFilter filter) {
        return names(new Listing(null, filter, Listing.Order.NAME, false, 1, 10));
    }

    private List<String> names(Listing listing) {
        return house.table.page(house.everything(), base, listing).rows().stream()
                .map(DocumentRow::name)
                .toList();
    }

    private DocumentRow row(DocumentId id) {
        return house.library.document(house.everything(), id).orElseThrow();
    }

    private DocumentId upload(String name) throws Exception {
        return house.library.upload(admin, base, name, bytes("Text of " + name)).id();
    }

    private void give(Principal.User user, BaseRole role) {
        house.db
                .sql(
                        """
                        insert into knowledge_base_reader (knowledge_base_id, user_id, role)
                        values (:base, :user, :role)
                        on conflict (knowledge_base_id, user_id) do update set role = excluded.role
                        """)
                .param("base", base.value())
                .param("user", user.id())
                .param("role", role.word())
                .update();
    }

    private static void refused(FieldRefused.Reason reason, ThrowingCallable asked) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        FieldRefused.class, wrong -> assertThat(wrong.reason()).isEqualTo(reason));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
