package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The fields that bases give their documents: who reads a base sees them, who manages it defines
/// them.
@Component
public class Fields {

    public static final int MOST = 50;
    public static final int LONGEST_NAME = 60;
    public static final int MOST_CHOICES = 100;
    public static final int LONGEST_CHOICE = 100;

    private final JdbcClient db;
    private final ReaderDatabase readers;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;

    Fields(
            JdbcClient db,
            ReaderDatabase readers,
            TransactionOperations transaction,
            Access access,
            Audit audit) {
        this.db = db;
        this.readers = readers;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
    }

    /// In the order of the base; none of one that is not in the scope.
    public List<BaseField> of(Scope scope, KnowledgeBaseId base) {
        return scope.allows(base)
                ? readers.within(scope.reach(), reader -> FieldRows.of(reader, base))
                : List.of();
    }

    /// By its name in any case, or its id.
    public static Optional<BaseField> named(List<BaseField> fields, String name) {
        String wanted = name.strip();
        return fields.stream()
                .filter(
                        field ->
                                field.name().equalsIgnoreCase(wanted)
                                        || field.id().toString().equals(wanted))
                .findFirst();
    }

    /// In how many documents of the scope each has a value; only those that have one in any.
    public Map<FieldId, Long> uses(Scope scope, KnowledgeBaseId base) {
        return scope.allows(base)
                ? readers.within(scope.reach(), reader -> FieldRows.uses(reader, base))
                : Map.of();
    }

    /// @throws FieldRefused when it cannot be so
    public BaseField define(Principal principal, KnowledgeBaseId base, FieldWish wish) {
        access.require(principal, base, Right.MANAGE);
        var kind = wish.kind();
        if (kind == null) {
            throw FieldRefused.of(FieldRefused.Reason.KINDLESS, wish.name());
        }
        var given = wish.choices();
        var made =
                new BaseField(
                        new FieldId(UUID.randomUUID()),
                        base,
                        checkedName(wish.name()),
                        kind,
                        given == null ? List.of() : given);
        checkChoices(made);
        transaction.executeWithoutResult(
                _ -> {
                    var all = FieldRows.lock(db, base);
                    if (all.size() >= MOST) {
                        throw FieldRefused.of(FieldRefused.Reason.TOO_MANY, made.name());
                    }
                    mustBeFree(all, made);
                    FieldRows.insert(db, made, all.size() + 1);
                    place(all, made, wish.position());
                    record(
                            principal,
                            "field.create",
                            made,
                            Map.of("kind", kind.code(), "choices", made.choices()));
                });
        return made;
    }

    /// @throws NoSuchField when it is not there
    /// @throws FieldRefused when it cannot be so
    public BaseField change(Principal principal, KnowledgeBaseId base, FieldId id, FieldWish wish) {
        access.require(principal, base, Right.MANAGE);
        String name = checkedName(wish.name());
        return transaction.execute(
                _ -> {
                    var all = FieldRows.lock(db, base);
                    var before = one(all, id);
                    if (wish.kind() != null && wish.kind() != before.kind()) {
                        throw FieldRefused.of(FieldRefused.Reason.OTHER_KIND, before.name());
                    }
                    var given = wish.choices();
                    var after =
                            new BaseField(
                                    id,
                                    base,
                                    name,
                                    before.kind(),
                                    given == null ? before.choices() : given);
                    checkChoices(after);
                    mustBeFree(all, after);
                    mustKeepUsed(before, after);
                    FieldRows.update(db, after);
                    place(all, after, wish.position());
                    record(principal, "field.change", after, changed(before, after, wish));
                    return after;
                });
    }

    /// With what documents have in it.
    ///
    /// @return how many documents lost a value
    /// @throws NoSuchField when it is not there
    public long delete(Principal principal, KnowledgeBaseId base, FieldId id) {
        access.require(principal, base, Right.MANAGE);
        return transaction.execute(
                _ -> {
                    var all = FieldRows.lock(db, base);
                    var gone = one(all, id);
                    long documents = FieldRows.delete(db, id);
                    record(principal, "field.delete", gone, Map.of("documents", documents));
                    return documents;
                });
    }

    private static BaseField one(List<BaseField> all, FieldId id) {
        return all.stream()
                .filter(field -> field.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchField(id));
    }

    private static String checkedName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw FieldRefused.of(FieldRefused.Reason.NAMELESS, name);
        }
        return name;
    }

    private static void checkChoices(BaseField field) {
        var choices = field.choices();
        if (field.kind() != FieldKind.CHOICE) {
            if (!choices.isEmpty()) {
                throw FieldRefused.of(FieldRefused.Reason.CHOICES_OF_OTHER_KIND, field.name());
            }
            return;
        }
        boolean odd =
                choices.isEmpty()
                        || choices.size() > MOST_CHOICES
                        || choices.stream()
                                .anyMatch(c -> c.isEmpty() || c.length() > LONGEST_CHOICE)
                        || choices.stream().map(c -> c.toLowerCase(Locale.ROOT)).distinct().count()
                                < choices.size();
        if (odd) {
            throw FieldRefused.of(FieldRefused.Reason.ODD_CHOICES, field.name());
        }
    }

    private static void mustBeFree(List<BaseField> all, BaseField wanted) {
        boolean taken =
                all.stream()
                        .filter(field -> !field.id().equals(wanted.id()))
                        .anyMatch(field -> field.name().equalsIgnoreCase(wanted.name()));
        if (taken) {
            throw FieldRefused.of(FieldRefused.Reason.NAME_TAKEN, wanted.name());
        }
    }

    /// A choice that documents have stays.
    private void mustKeepUsed(BaseField before, BaseField after) {
        for (var choice : before.choices()) {
            long documents =
                    after.choices().contains(choice) ? 0 : FieldRows.uses(db, after.id(), choice);
            if (documents > 0) {
                throw FieldRefused.choiceInUse(after, choice, documents);
            }
        }
    }

    private void place(List<BaseField> all, BaseField field, @Nullable Integer position) {
        if (position == null) {
            return;
        }
        var order =
                all.stream()
                        .map(BaseField::id)
                        .filter(id -> !id.equals(field.id()))
                        .collect(Collectors.toCollection(ArrayList::new));
        order.add(Math.clamp(position - 1L, 0, order.size()), field.id());
        FieldRows.order(db, order);
    }

    private static Map<String, Object> changed(BaseField before, BaseField after, FieldWish wish) {
        Map<String, Object> changed = new LinkedHashMap<>();
        if (!before.name().equals(after.name())) {
            changed.put("was", before.name());
        }
        if (!before.choices().equals(after.choices())) {
            changed.put("choices", after.choices());
        }
        if (wish.position() != null) {
            changed.put("position", wish.position());
        }
        return changed;
    }

    private void record(
            Principal principal, String action, BaseField field, Map<String, ?> detail) {
        Map<String, Object> said = new LinkedHashMap<>(Map.of("name", field.name()));
        said.putAll(detail);
        audit.record(principal, action, Bases.object(field.base()), said);
    }
}
