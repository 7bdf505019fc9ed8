package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.doubt.Doubt;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {

    private static final String CARD = "The card of the guest is 6222 0212 3456 7894 for now.";

    @TempDir Path folder;
    private LibraryHouse house;
    private KnowledgeBaseId base = KnowledgeBaseId.random();
    private Principal.User reader;
    private Principal.User editor;

    @BeforeEach
    void open() throws IOException {
        house = new LibraryHouse(folder);
        base = house.library.create(house.admin, "Handbook").id();
        reader = house.user("member");
        editor = house.user("member");
        grant(reader, "reader");
        grant(editor, "editor");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void nothingIsHeldUnlessABaseWasToldTo() throws Exception {
        var document = upload(house.admin, "card.txt", CARD);

        assertThat(settled(document)).isEqualTo("ready");
        assertThat(house.policies.of(house.admin, base)).isEmpty();
    }

    @Test
    void aCardNumberIsHeldWithItsPlaceAndNoFigureOfIt() throws Exception {
        tell(Doubt.SENSITIVE_DATA);

        var document = upload(house.admin, "card.txt", CARD);

        assertThat(settled(document)).isEqualTo("held");
        var reason = waiting().reasons().getFirst();
        assertThat(reason.doubt()).isEqualTo(Doubt.SENSITIVE_DATA);
        assertThat(reason.finding()).isEqualTo(Finding.ofDocument(Finding.Kind.BANK_CARDS, 1));
        assertThat(reason.excerpts().getFirst().text())
                .startsWith("The card of the guest is 622")
                .doesNotContain("3456");
    }

    @Test
    void hiddenCharactersAndAWrongEncodingAreHeldToo() throws Exception {
        tell(Doubt.HIDDEN_TEXT, Doubt.POOR_QUALITY);

        var hidden = upload(house.admin, "hidden.txt", "Pay the bill\u202e now, dear reader.");
        assertThat(settled(hidden)).isEqualTo("held");
        assertThat(doubts()).containsExactly(Doubt.HIDDEN_TEXT);
        house.quarantine.reject(house.admin, List.of(waiting().ref()), "");

        var garbage = upload(house.admin, "garbage.txt", "Ã©Ã¨Ã¼Ã¶Ã¤ÃŸ ".repeat(20));
        assertThat(settled(garbage)).isEqualTo("held");
        assertThat(doubts()).containsExactly(Doubt.POOR_QUALITY);
    }

    @Test
    void whatSaysNearlyTheSameAsAnotherDocumentIsHeldAndNamesIt() throws Exception {
        tell(Doubt.NEAR_DUPLICATE);
        var first = upload(house.admin, "rules.txt", rules("seven"));
        assertThat(settled(first)).isEqualTo("ready");

        var copy = upload(house.admin, "rules-2.txt", rules("eight"));

        assertThat(settled(copy)).isEqualTo("held");
        var reason = waiting().reasons().getFirst();
        assertThat(reason.doubt()).isEqualTo(Doubt.NEAR_DUPLICATE);
        assertThat(reason.document()).isEqualTo(first.value());
        assertThat(reason.percent()).isBetween(85, 99);
    }

    @Test
    void whatAnEditorBringsWaitsForAManagerAndReadersNoticeNothing() throws Exception {
        tell(Doubt.UNMANAGED);
        var managers = upload(house.admin, "a.txt", "Breakfast is at seven.");
        var editors = upload(editor, "b.txt", "Breakfast is at eight.");
        assertThat(settled(managers)).isEqualTo("ready");
        assertThat(settled(editors)).isEqualTo("held");

        var reading = house.access.everythingFor(reader);
        assertThat(house.library.document(reading, editors)).isEmpty();
        assertThat(house.library.content(reading, editors, 1)).isEmpty();
        assertThat(house.library.original(reading, editors, 1)).isEmpty();
        assertThat(house.history.of(reading, editors)).isEmpty();
        assertThat(house.library.documents(reading, base, null, 10).items()).hasSize(1);
        assertThat(house.library.base(reading, base).orElseThrow().documents()).isEqualTo(1);
        assertThat(house.library.document(house.access.everythingFor(editor), editors))
                .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo(Status.HELD));

        var ref = List.of(waiting().ref());
        assertThatThrownBy(() -> house.quarantine.release(editor, ref))
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> house.quarantine.reject(editor, ref, ""))
                .isInstanceOf(NotAllowed.class);
        assertThat(house.held.counts(editor)).isEmpty();
        assertThat(house.held.counts(house.admin)).containsEntry(base, 1);
        assertThat(house.quarantine.release(house.admin, List.of(waiting().ref()))).isOne();

        assertThat(settled(editors)).isEqualTo("ready");
        assertThat(house.library.document(reading, editors)).isPresent();
        house.awaitIndex();
        assertThat(house.index.get(editors).entries()).isNotEmpty();
    }

    @Test
    void readersFindTheLiveVersionWhileANewOneWaits() throws Exception {
        var document = upload(house.admin, "a.txt", "Breakfast is at seven.");
        assertThat(settled(document)).isEqualTo("ready");
        tell(Doubt.UNMANAGED);

        replace(editor, document, "Breakfast is at eight.");

        assertThat(settled(document)).isEqualTo("held");
        var reading = house.access.everythingFor(reader);
        var shown = house.library.document(reading, document).orElseThrow();
        assertThat(shown.version()).isOne();
        assertThat(shown.status()).isEqualTo(Status.READY);
        assertThat(house.history.of(reading, document)).hasSize(1);
        assertThat(house.library.content(reading, document, 2)).isEmpty();
        assertThat(house.history.changes(house.everything(), document, 2).orElseThrow().changes())
                .hasSize(1);

        house.quarantine.reject(house.admin, List.of(waiting().ref()), "Ask the kitchen first.");

        assertThat(house.library.document(reading, document).orElseThrow().version()).isOne();
        var told = house.library.document(house.access.everythingFor(editor), document);
        assertThat(told.orElseThrow().reasonCode()).isEqualTo("REJECTED");
        assertThat(told.orElseThrow().reasonDetail()).isEqualTo("Ask the kitchen first.");
        assertThat(audited("document.reject")).isOne();
    }

    @Test
    void aNewerVersionTakesThePlaceOfTheOneThatWaits() throws Exception {
        tell(Doubt.UNMANAGED);
        var document = upload(editor, "a.txt", "Breakfast is at seven.");
        assertThat(settled(document)).isEqualTo("held");
        var first = waiting().ref();

        replace(editor, document, "Breakfast is at eight.");
        assertThat(settled(document)).isEqualTo("held");
        assertThat(waiting().version()).isEqualTo(2);
        assertThat(house.quarantine.release(house.admin, List.of(first))).isZero();

        replace(house.admin, document, "Breakfast is at nine.");
        assertThat(settled(document)).isEqualTo("ready");
        assertThat(house.held.waiting(house.admin, base)).isEmpty();
        assertThat(house.held.of(document))
                .extracting(Hold::decision)
                .containsExactly(Hold.Decision.SUPERSEDED, Hold.Decision.SUPERSEDED);
    }

    @Test
    void aRejectedVersionThatIsTriedAgainWaitsAgain() throws Exception {
        tell(Doubt.UNMANAGED);
        var document = upload(editor, "a.txt", "Breakfast is at seven.");
        assertThat(settled(document)).isEqualTo("held");
        house.quarantine.reject(house.admin, List.of(waiting().ref()), "No.");
        assertThat(house.library.document(house.access.everythingFor(reader), document)).isEmpty();
        house.policies.save(house.admin, base, Set.of());

        assertThat(house.library.retry(editor, document)).isTrue();

        assertThat(settled(document)).isEqualTo("held");
        assertThat(doubts()).containsExactly(Doubt.REJECTED_BEFORE);
    }

    @Test
    void aLiveDocumentIsTakenOutOfSightWithItsPartsAndComesBackAsItWas() throws Exception {
        var document = upload(house.admin, "a.txt", "Breakfast is at seven.");
        assertThat(settled(document)).isEqualTo("ready");

        assertThat(house.quarantine.hold(editor, base, List.of(document), "Is this true?")).isOne();

        assertThat(settled(document)).isEqualTo("held");
        assertThat(house.library.document(house.access.everythingFor(reader), document)).isEmpty();
        house.awaitIndex();
        assertThat(house.index).doesNotContainKey(document);
        assertThat(waiting().heldBy()).isEqualTo(editor.label());
        assertThat(waiting().reasons())
                .containsExactly(HoldReason.said(Doubt.BY_HAND, "Is this true?"));
        assertThat(house.quarantine.hold(editor, base, List.of(document), "")).isZero();

        replace(editor, document, "Breakfast is at eight.");
        assertThat(settled(document)).isEqualTo("held");
        assertThat(doubts()).containsExactly(Doubt.BY_HAND);

        house.quarantine.release(house.admin, List.of(waiting().ref()));
        var row = house.library.document(house.access.everythingFor(reader), document);
        assertThat(row.orElseThrow().version()).isEqualTo(2);
        assertThat(audited("document.quarantine")).isOne();
        assertThat(audited("document.release")).isOne();
    }

    @Test
    void aReleasedVersionWhoseVectorsAreOfNoUseIsReadOnceMoreAndNotHeldAgain() throws Exception {
        tell(Doubt.SENSITIVE_DATA);
        var document = upload(house.admin, "card.txt", CARD);
        assertThat(settled(document)).isEqualTo("held");
        house.db.sql("delete from chunk_vector").update();

        assertThat(house.quarantine.release(house.admin, List.of(waiting().ref()))).isOne();

        assertThat(settled(document)).isEqualTo("ready");
    }

    @Test
    void whatWaitsStillWaitsAfterARestart() throws Exception {
        tell(Doubt.SENSITIVE_DATA);
        var document = upload(house.admin, "card.txt", CARD);
        assertThat(settled(document)).isEqualTo("held");
        var database = house.database;
        house.close();
        house = new LibraryHouse(database, folder);

        assertThat(settled(document)).isEqualTo("held");
        assertThat(house.quarantine.release(house.admin, List.of(waiting().ref()))).isOne();
        assertThat(settled(document)).isEqualTo("ready");
    }

    @Test
    void theTimelineTellsOfTheHoldAndOfTheDecision() throws Exception {
        tell(Doubt.SENSITIVE_DATA);
        var document = upload(house.admin, "card.txt", CARD);
        assertThat(settled(document)).isEqualTo("held");
        house.quarantine.release(house.admin, List.of(waiting().ref()));

        var timeline = house.timelines.of(house.admin, document).orElseThrow().getFirst();

        assertThat(timeline.tries().getFirst().outcome()).isEqualTo(IngestTry.Outcome.HELD);
        assertThat(timeline.tries().getFirst().reached()).isNull();
        var hold = timeline.holds().getFirst();
        assertThat(hold.decision()).isEqualTo(Hold.Decision.RELEASED);
        assertThat(hold.decidedBy()).isEqualTo(house.admin.label());
    }

    private void tell(Doubt first, Doubt... others) {
        house.policies.save(house.admin, base, EnumSet.of(first, others));
    }

    private HeldVersion waiting() {
        var all = house.held.waiting(house.admin, base);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<Doubt> doubts() {
        return waiting().reasons().stream().map(HoldReason::doubt).toList();
    }

    private void grant(Principal.User user, String role) {
        house.db
                .sql(
                        """
                        insert into knowledge_base_reader (knowledge_base_id, user_id, role)
                        values (:base, :user, :role)
                        """)
                .param("base", base.value())
                .param("user", user.id())
                .param("role", role)
                .update();
    }

    private DocumentId upload(Principal who, String name, String text) throws IOException {
        return house.library.upload(who, base, name, bytes(text)).id();
    }

    private void replace(Principal who, DocumentId document, String text) throws IOException {
        house.library.replace(who, document, "a.txt", bytes(text));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String settled(DocumentId document) throws InterruptedException {
        return house.settled(document).status().code();
    }

    private long audited(String action) {
        return house.db
                .sql("select count(*) from audit_event where action = :action")
                .param("action", action)
                .query(Long.class)
                .single();
    }

    private static String rules(String hour) {
        return "Breakfast is at %s.%n%n".formatted(hour)
                + String.join(
                        "\n\n",
                        IntStream.range(0, 40)
                                .mapToObj(
                                        i ->
                                                "Room number %d has a window to the garden and a key of its own, kept at desk %d."
                                                        .formatted(i, i * 7))
                                .toList());
    }
}
