package io.zhiwen.evaluate.golden;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.evaluate.golden.GoldenRefused.Reason;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The golden questions of the bases, for those who manage the installation. Every method tells a
/// base that is not there for the principal as absent. Safe for concurrent use.
@Component
public class GoldenQuestions {

    private static final String WHAT = "golden questions are for admins";

    private final GoldenStore store;
    private final Access access;
    private final Audit audit;
    private final TransactionOperations transaction;

    GoldenQuestions(
            GoldenStore store, Access access, Audit audit, TransactionOperations transaction) {
        this.store = store;
        this.access = access;
        this.audit = audit;
        this.transaction = transaction;
    }

    /// In the order they were written.
    ///
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when it is not there for the principal
    public List<GoldenQuestion> of(Principal principal, KnowledgeBaseId base) {
        mayManage(principal, base);
        return store.of(base);
    }

    public Optional<GoldenQuestion> find(Principal principal, UUID id) {
        return store.baseOf(id)
                .filter(base -> access.everythingFor(principal).allows(base))
                .flatMap(
                        base ->
                                of(principal, base).stream()
                                        .filter(one -> one.id().equals(id))
                                        .findFirst());
    }

    /// How many each base has.
    public Map<UUID, Integer> counts(Principal principal) {
        NotAllowed.unlessAdmin(principal, WHAT);
        return store.counts();
    }

    /// @throws GoldenRefused when it cannot be used, or is there already
    public GoldenQuestion add(
            Principal principal,
            KnowledgeBaseId base,
            GoldenDraft draft,
            GoldenQuestion.Source source) {
        mayManage(principal, base);
        check(base, draft);
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(
                _ -> {
                    if (!store.add(id, base, draft, source, principal.label())) {
                        throw GoldenRefused.because(Reason.TWICE);
                    }
                    audit.record(
                            principal,
                            "golden-question.add",
                            "golden-question:" + id,
                            Map.of("base", base.toString(), "text", draft.text()));
                });
        return find(principal, id).orElseThrow();
    }

    /// Takes all lines or, when one cannot be used, none.
    ///
    /// @return how many were new
    /// @throws GoldenRefused naming the line
    public int add(Principal principal, KnowledgeBaseId base, List<GoldenLine> lines) {
        mayManage(principal, base);
        GoldenDocuments documents = new GoldenDocuments(store.documents(base));
        List<GoldenDraft> drafts = lines.stream().map(line -> line.draft(documents)).toList();
        return Optional.ofNullable(
                        transaction.execute(
                                _ -> {
                                    int added = 0;
                                    for (GoldenDraft draft : drafts) {
                                        boolean fresh =
                                                store.add(
                                                        UUID.randomUUID(),
                                                        base,
                                                        draft,
                                                        GoldenQuestion.Source.IMPORTED,
                                                        principal.label());
                                        added += fresh ? 1 : 0;
                                    }
                                    audit.record(
                                            principal,
                                            "golden-question.import",
                                            "base:" + base,
                                            Map.of("added", added, "lines", drafts.size()));
                                    return added;
                                }))
                .orElse(0);
    }

    /// Takes a question that somebody who manages the base has approved an answer for, unless the
    /// base has it.
    ///
    /// @throws GoldenRefused when it cannot be used
    public void takeApproved(Principal principal, KnowledgeBaseId base, GoldenDraft draft) {
        access.require(principal, base, Right.MANAGE);
        check(base, draft);
        var source = GoldenQuestion.Source.APPROVED;
        store.add(UUID.randomUUID(), base, draft, source, principal.label());
    }

    /// @return empty when it is not there
    /// @throws GoldenRefused when it cannot be used
    public Optional<GoldenQuestion> change(Principal principal, UUID id, GoldenDraft draft) {
        return find(principal, id)
                .map(
                        old -> {
                            check(old.base(), draft);
                            boolean taken =
                                    store.of(old.base()).stream()
                                            .anyMatch(
                                                    one ->
                                                            !one.id().equals(id)
                                                                    && one.text()
                                                                            .equals(draft.text()));
                            if (taken) {
                                throw GoldenRefused.because(Reason.TWICE);
                            }
                            transaction.executeWithoutResult(
                                    _ -> {
                                        store.change(id, draft);
                                        audit.record(
                                                principal,
                                                "golden-question.change",
                                                "golden-question:" + id,
                                                Map.of("text", draft.text()));
                                    });
                            return find(principal, id).orElseThrow();
                        });
    }

    /// @return false when it is not there
    public boolean delete(Principal principal, UUID id) {
        Optional<GoldenQuestion> old = find(principal, id);
        old.ifPresent(
                one ->
                        transaction.executeWithoutResult(
                                _ -> {
                                    store.delete(id);
                                    audit.record(
                                            principal,
                                            "golden-question.delete",
                                            "golden-question:" + id,
                                            Map.of("text", one.text()));
                                }));
        return old.isPresent();
    }

    private void check(KnowledgeBaseId base, GoldenDraft draft) {
        draft.check();
        Set<UUID> there = store.documents(base, draft.documents());
        for (UUID document : draft.documents()) {
            if (!there.contains(document)) {
                throw GoldenRefused.because(Reason.NO_DOCUMENT, document.toString());
            }
        }
    }

    private void mayManage(Principal principal, KnowledgeBaseId base) {
        access.chosenBy(principal, List.of(base));
        NotAllowed.unlessAdmin(principal, WHAT);
    }
}
