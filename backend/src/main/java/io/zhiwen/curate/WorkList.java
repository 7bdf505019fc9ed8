package io.zhiwen.curate;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Listed;
import io.zhiwen.account.Named;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Questions that did not get a good answer, for those who manage the base that came nearest;
/// admins see those of no base too. Safe for concurrent use.
@Component
public class WorkList {

    private static final int LONGEST_NOTE = 2000;
    private static final int LATEST = 10;

    private final WorkStore store;
    private final WorkCollector collector;
    private final WorkProof proof;
    private final ApprovedAnswers answers;
    private final Access access;
    private final Audit audit;
    private final TransactionOperations transaction;

    WorkList(
            WorkStore store,
            WorkCollector collector,
            WorkProof proof,
            ApprovedAnswers answers,
            Access access,
            Audit audit,
            TransactionOperations transaction) {
        this.store = store;
        this.collector = collector;
        this.proof = proof;
        this.answers = answers;
        this.access = access;
        this.audit = audit;
        this.transaction = transaction;
    }

    /// The most asked first, page by page.
    ///
    /// @param base null for all that the principal manages
    /// @param closed whether those that are done or dismissed, or the others
    /// @param words that one of its wordings holds; empty for all
    /// @param page from 1
    /// @throws io.zhiwen.account.NotAllowed when the principal manages no base
    public Listed<WorkItem> page(
            Principal principal,
            @Nullable KnowledgeBaseId base,
            boolean closed,
            String words,
            int page,
            int size) {
        if (base != null) {
            access.require(principal, base, Right.MANAGE);
            return store.page(List.of(base), closed, words, page, size);
        }
        if (principal.isAdmin()) {
            return store.page(null, closed, words, page, size);
        }
        var mine = access.everythingFor(principal, Right.MANAGE).bases();
        if (mine.isEmpty()) {
            throw new NotAllowed("the work list is for those who manage a base");
        }
        return store.page(List.copyOf(mine), closed, words, page, size);
    }

    /// Takes in what was asked since the last time, which happens by itself within a minute.
    public void collect() {
        collector.collect();
    }

    /// Empty when it is not there for the principal.
    public Optional<WorkItem> find(Principal principal, UUID id) {
        return store.find(id).filter(item -> mayManage(principal, item));
    }

    /// An answer that was not good, by its trace.
    public record Answered(UUID answer, String question, Instant at) {}

    /// The newest answers of an item.
    public List<Answered> answers(WorkItem item) {
        return store.answers(item.id(), LATEST);
    }

    /// Who could see to an item, by name.
    ///
    /// @param words that the name holds; empty for all
    public List<Named> people(WorkItem item, String words, int limit) {
        return store.people(base(item), words, null, limit);
    }

    /// @param person null for nobody; who may not see to it is nobody
    public Optional<WorkItem> assign(Principal principal, UUID id, @Nullable UUID person) {
        return change(
                principal,
                id,
                "assign",
                item -> store.assign(id, mayBeGiven(item, person) ? person : null));
    }

    private boolean mayBeGiven(WorkItem item, @Nullable UUID person) {
        return person != null && !store.people(base(item), "", person, 1).isEmpty();
    }

    private static @Nullable UUID base(WorkItem item) {
        return item.base() == null ? null : item.base().value();
    }

    /// Asks for a document, puts it aside, opens it again, or closes what was asked again and
    /// worked.
    ///
    /// @param note what document is wanted, or why it is put aside
    /// @throws NotProven when it is to be done and did not work when it was last asked again
    public Optional<WorkItem> move(
            Principal principal, UUID id, WorkItem.State state, String note) {
        var said = note.strip().substring(0, Math.min(LONGEST_NOTE, note.strip().length()));
        return change(
                principal,
                id,
                state.code(),
                item -> {
                    if (state == WorkItem.State.DONE && !item.works()) {
                        throw new NotProven();
                    }
                    store.state(id, state, said);
                });
    }

    /// Gives it to those who manage another base, whose documents should answer it.
    ///
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when the principal does not know the base
    /// @throws NotAllowed when the principal does not manage it
    public Optional<WorkItem> give(Principal principal, UUID id, KnowledgeBaseId base) {
        return change(
                principal,
                id,
                "give",
                _ -> {
                    access.require(principal, base, Right.MANAGE);
                    store.base(id, base);
                });
    }

    /// Approves an answer for it and asks it again.
    ///
    /// @throws ApprovedRefused when it cannot be given
    /// @throws io.zhiwen.account.NotAllowed when the item has no base
    public Optional<WorkItem> answer(Principal principal, UUID id, ApprovedDraft draft) {
        Optional<WorkItem> item = find(principal, id);
        if (item.isEmpty()) {
            return item;
        }
        var base = item.get().base();
        if (base == null) {
            throw new NotAllowed("an answer belongs to a base: give the item to one first");
        }
        ApprovedAnswer made = answers.add(principal, base, draft);
        store.approved(id, made.id());
        return check(principal, id);
    }

    /// Asks each of its wordings again, with the principal's rights in its base. It is done when
    /// all
    /// of them get an answer that the sources bear out; where a reader thought such an answer bad,
    /// only when it is an approved one, or somebody looks and closes it.
    public Optional<WorkItem> check(Principal principal, UUID id) {
        Optional<WorkItem> item = find(principal, id);
        if (item.isEmpty()) {
            return item;
        }
        List<WorkItem.Proof> now = proof.of(principal, item.get());
        return change(
                principal,
                id,
                "check",
                before -> {
                    store.proof(id, now);
                    WorkItem.State next = before.after(now);
                    if (next != before.state()) {
                        store.state(id, next, before.note());
                    }
                });
    }

    /// It was not asked again, or did not work then.
    public static final class NotProven extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private interface Change {
        void of(WorkItem item);
    }

    private Optional<WorkItem> change(Principal principal, UUID id, String action, Change change) {
        Optional<WorkItem> item = find(principal, id);
        item.ifPresent(
                one ->
                        transaction.executeWithoutResult(
                                _ -> {
                                    change.of(one);
                                    audit.record(
                                            principal,
                                            "work-item." + action,
                                            "work-item:" + id,
                                            Map.of());
                                }));
        return item.flatMap(_ -> store.find(id));
    }

    private boolean mayManage(Principal principal, WorkItem item) {
        var base = item.base();
        return base == null
                ? principal.isAdmin()
                : access.rights(principal, base).contains(Right.MANAGE);
    }
}
