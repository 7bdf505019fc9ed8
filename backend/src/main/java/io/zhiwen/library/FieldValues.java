package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Says what documents have in the fields of their base, for those who may edit them. Fields are
/// named by their name, in any case, or their id; an empty value, or none, clears one.
@Component
public class FieldValues {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Documents documents;
    private final DocumentChanges changes;

    FieldValues(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Documents documents,
            DocumentChanges changes) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.documents = documents;
        this.changes = changes;
    }

    /// Other fields of the document stay as they are.
    ///
    /// @throws NoSuchDocument when it is not there for the principal
    /// @throws FieldRefused when the base has no such field, or one does not take its value; then
    /// nothing is changed
    public void set(Principal principal, DocumentId id, Map<String, @Nullable String> values) {
        var scope = access.everythingFor(principal);
        if (!changes.mayChange(principal, scope, id)) {
            throw new NoSuchDocument(id);
        }
        transaction.executeWithoutResult(
                _ -> {
                    if (!changes.lock(scope, id)) {
                        throw new NoSuchDocument(id);
                    }
                    var row = documents.one(scope, id).orElseThrow(() -> new NoSuchDocument(id));
                    var changed = put(row.base(), List.of(id.value()), values);
                    if (!changed.isEmpty()) {
                        audit.record(
                                principal,
                                "document.fields",
                                DocumentChanges.object(id),
                                Map.of("fields", changed));
                    }
                });
    }

    /// @throws FieldRefused when the base has no such field, or one does not take its value
    public void check(KnowledgeBaseId base, Map<String, @Nullable String> values) {
        var fields = FieldRows.of(db, base);
        values.forEach((name, value) -> wanted(fields, name, value));
    }

    /// One field of many documents of a base; those that are not there, or not for the principal,
    /// are left out.
    ///
    /// @return how many have another value now
    /// @throws FieldRefused when the base has no such field, or it does not take the value
    public int set(
            Principal principal,
            KnowledgeBaseId base,
            List<DocumentId> ids,
            String field,
            @Nullable String value) {
        var theirs = changes.changeable(principal, base, ids).stream().sorted().toList();
        return transaction.execute(
                _ -> {
                    var wanted = wanted(FieldRows.held(db, base), field, value);
                    int changed = put(wanted, theirs);
                    if (changed > 0) {
                        audit.record(
                                principal,
                                "document.fields",
                                Bases.object(base),
                                Map.of(
                                        "fields",
                                        Map.of(wanted.field().name(), wanted.text()),
                                        "documents",
                                        theirs.stream().map(UUID::toString).toList()));
                    }
                    return changed;
                });
    }

    /// In the caller's transaction, who has asked for the right.
    ///
    /// @return what is another now, by the names of the fields; empty for what was cleared
    Map<String, String> put(
            KnowledgeBaseId base, List<UUID> documents, Map<String, @Nullable String> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        var fields = FieldRows.held(db, base);
        List<Wanted> wanted =
                values.entrySet().stream()
                        .map(entry -> wanted(fields, entry.getKey(), entry.getValue()))
                        .toList();
        Map<String, String> changed = new LinkedHashMap<>();
        for (var each : wanted) {
            if (put(each, documents) > 0) {
                changed.put(each.field().name(), each.text());
            }
        }
        return changed;
    }

    private record Wanted(BaseField field, @Nullable FieldValue value) {

        String text() {
            return value == null ? "" : value.text();
        }
    }

    private static Wanted wanted(List<BaseField> fields, String name, @Nullable String value) {
        var field =
                Fields.named(fields, name)
                        .orElseThrow(
                                () -> FieldRefused.of(FieldRefused.Reason.UNKNOWN, name.strip()));
        return new Wanted(field, value == null || value.isBlank() ? null : field.value(value));
    }

    private int put(Wanted wanted, List<UUID> documents) {
        var ids = documents.toArray(UUID[]::new);
        var value = wanted.value();
        return value == null
                ? db.sql(
                                """
                                delete from document_field
                                where field_id = :field and document_id = any(:documents)
                                """)
                        .param("field", wanted.field().id().value())
                        .param("documents", ids)
                        .update()
                : db.sql(
                                """
                                insert into document_field as v (document_id, field_id, text_value,
                                    number_value, date_value, truth)
                                select id, :field, :text, :number, :day, :truth
                                from unnest(:documents::uuid[]) id
                                on conflict (document_id, field_id) do update
                                set text_value = excluded.text_value,
                                    number_value = excluded.number_value,
                                    date_value = excluded.date_value, truth = excluded.truth
                                where (v.text_value, v.number_value, v.date_value, v.truth)
                                    is distinct from (excluded.text_value, excluded.number_value,
                                        excluded.date_value, excluded.truth)
                                """)
                        .param("field", wanted.field().id().value())
                        .param("documents", ids)
                        .param(
                                "text",
                                value instanceof FieldValue.Text(var text) ? text : null,
                                Types.VARCHAR)
                        .param(
                                "number",
                                value instanceof FieldValue.Amount(var number) ? number : null,
                                Types.NUMERIC)
                        .param(
                                "day",
                                value instanceof FieldValue.Day(var day) ? day : null,
                                Types.DATE)
                        .param(
                                "truth",
                                value instanceof FieldValue.Truth(var truth) ? truth : null,
                                Types.BOOLEAN)
                        .update();
    }
}
