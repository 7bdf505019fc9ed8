package io.zhiwen.ingest.store;

import io.zhiwen.ingest.doubt.Doubt;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.upload.DocumentId;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// What is held for review, in the caller's transaction, which has locked the document. At most one
/// version of a document waits for a decision.
public final class Holds {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;

    public Holds(JdbcClient db) {
        this.db = db;
    }

    /// Why this version is to be held: what speaks against it now, what somebody who put the
    /// document into quarantine said, and that it was rejected before. None once it was released.
    List<HoldReason> standing(DocumentId document, int version, List<HoldReason> against) {
        List<HoldReason> byHand =
                open(document).stream()
                        .flatMap(open -> open.reasons().stream())
                        .filter(reason -> reason.doubt() == Doubt.BY_HAND)
                        .toList();
        Optional<Decided> last = lastOf(document, version);
        boolean released = last.filter(one -> one.decision().equals("released")).isPresent();
        List<HoldReason> reasons = new ArrayList<>(released ? List.of() : against);
        reasons.addAll(byHand);
        last.filter(one -> one.decision().equals("rejected"))
                .map(one -> HoldReason.said(Doubt.REJECTED_BEFORE, one.note()))
                .ifPresent(reasons::add);
        return reasons;
    }

    private record Open(List<HoldReason> reasons) {}

    private record Decided(String decision, String note) {}

    private Optional<Open> open(DocumentId document) {
        return db.sql(
                        """
                        select reasons from document_hold
                        where document_id = :document and decision is null
                        """)
                .param("document", document.value())
                .query((row, _) -> new Open(read(row.getString(1))))
                .optional();
    }

    private Optional<Decided> lastOf(DocumentId document, int version) {
        return db.sql(
                        """
                        select decision, note from document_hold
                        where document_id = :document and version = :version
                          and decision is not null
                        order by number desc limit 1
                        """)
                .param("document", document.value())
                .param("version", version)
                .query((row, _) -> new Decided(row.getString(1), row.getString(2)))
                .optional();
    }

    /// Writes down that the version waits for a decision; whichever waited before it does not any
    /// more.
    ///
    /// @param by the label of the person who holds it; null for the rules of its base
    public void hold(
            DocumentId document, int version, List<HoldReason> reasons, @Nullable String by) {
        supersede(document);
        db.sql(
                        """
                        insert into document_hold (document_id, number, version, held_by, reasons)
                        select :document, coalesce(max(number), 0) + 1, :version, :by,
                            cast(:reasons as jsonb)
                        from document_hold where document_id = :document
                        """)
                .param("document", document.value())
                .param("version", version)
                .param("by", by, Types.VARCHAR)
                .param("reasons", JSON.writeValueAsString(reasons).replace("\\u0000", ""))
                .update();
        db.sql(
                        """
                        update document set withheld = live_version is null, updated_at = now()
                        where id = :document
                        """)
                .param("document", document.value())
                .update();
    }

    /// A newer version takes the place of the one that waits, if one does.
    void supersede(DocumentId document) {
        db.sql(
                        """
                        with ended as (
                            update document_hold set decision = 'superseded', decided_at = now()
                            where document_id = :document and decision is null
                            returning version)
                        update document_version v
                        set status = 'failed', reason_code = 'SUPERSEDED', reason_detail = null,
                            finished_at = now()
                        from ended e
                        where v.document_id = :document and v.version = e.version
                          and v.status = 'held'
                        """)
                .param("document", document.value())
                .update();
    }

    /// @param decision `released` or `rejected`
    public void decide(DocumentId document, String decision, String by, String note) {
        db.sql(
                        """
                        update document_hold
                        set decision = :decision, decided_at = now(), decided_by = :by, note = :note
                        where document_id = :document and decision is null
                        """)
                .param("decision", decision)
                .param("by", by)
                .param("note", note)
                .param("document", document.value())
                .update();
    }

    public static List<HoldReason> read(String json) {
        return List.of(JSON.readValue(json, HoldReason[].class));
    }
}
