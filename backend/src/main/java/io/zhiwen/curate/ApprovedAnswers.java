package io.zhiwen.curate;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Listed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.curate.ApprovedRefused.Reason;
import io.zhiwen.evaluate.golden.GoldenDraft;
import io.zhiwen.evaluate.golden.GoldenQuestions;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The approved answers of the bases, for those who manage one. The first question of each is a
/// golden question of its base as well. Safe for concurrent use.
@Component
public class ApprovedAnswers {

    private final ApprovedStore store;
    private final ApprovedList list;
    private final GoldenQuestions golden;
    private final Encoders encoders;
    private final Access access;
    private final Audit audit;
    private final TransactionOperations transaction;

    ApprovedAnswers(
            ApprovedStore store,
            ApprovedList list,
            GoldenQuestions golden,
            Encoders encoders,
            Access access,
            Audit audit,
            TransactionOperations transaction) {
        this.store = store;
        this.list = list;
        this.golden = golden;
        this.encoders = encoders;
        this.access = access;
        this.audit = audit;
        this.transaction = transaction;
    }

    /// Page by page.
    ///
    /// @param words of a question or the answer; empty for all
    /// @param page from 1
    public Listed<ApprovedAnswer> page(
            Principal principal,
            KnowledgeBaseId base,
            String words,
            ApprovedOrder order,
            boolean descending,
            int page,
            int size) {
        access.require(principal, base, Right.MANAGE);
        return list.page(base, words, order, descending, page, size);
    }

    /// The newest first, from behind the one that was added then and has this id.
    ///
    /// @param words of a question or the answer; empty for all
    /// @param added null for the beginning
    public List<ApprovedAnswer> after(
            Principal principal,
            KnowledgeBaseId base,
            String words,
            @Nullable Instant added,
            @Nullable UUID id,
            int limit) {
        access.require(principal, base, Right.MANAGE);
        return list.after(base, words, added, id, limit);
    }

    /// All of them to take along, the newest first, which is written down.
    public List<ApprovedAnswer> export(Principal principal, KnowledgeBaseId base) {
        access.require(principal, base, Right.MANAGE);
        List<ApprovedAnswer> all = list.all(base);
        audit.record(
                principal, "approved-answer.export", "base:" + base, Map.of("count", all.size()));
        return all;
    }

    /// Empty when it is not there for the principal.
    public Optional<ApprovedAnswer> find(Principal principal, UUID id) {
        return store.baseOf(id)
                .filter(base -> access.rights(principal, base).contains(Right.MANAGE))
                .flatMap(_ -> list.find(id));
    }

    /// @throws ApprovedRefused when it cannot be given
    public ApprovedAnswer add(Principal principal, KnowledgeBaseId base, ApprovedDraft draft) {
        access.require(principal, base, Right.MANAGE);
        draft.check();
        var documents = ApprovedDocuments.of(store, base, draft);
        UUID id = UUID.randomUUID();
        var questions = encoded(draft);
        transaction.executeWithoutResult(
                _ -> {
                    store.add(id, base, draft, name(principal));
                    fill(principal, id, base, draft, questions, documents);
                    record(principal, "approved-answer.add", id, draft);
                });
        return list.find(id).orElseThrow();
    }

    /// Whoever changes it approves it.
    ///
    /// @return empty when it is not there for the principal
    /// @throws ApprovedRefused when it cannot be given
    public Optional<ApprovedAnswer> change(Principal principal, UUID id, ApprovedDraft draft) {
        return find(principal, id)
                .map(
                        old -> {
                            draft.check();
                            var documents = ApprovedDocuments.of(store, old.base(), draft);
                            var questions = encoded(draft);
                            transaction.executeWithoutResult(
                                    _ -> {
                                        store.change(id, draft, name(principal));
                                        fill(
                                                principal,
                                                id,
                                                old.base(),
                                                draft,
                                                questions,
                                                documents);
                                        record(principal, "approved-answer.change", id, draft);
                                    });
                            return list.find(id).orElseThrow();
                        });
    }

    /// @return false when it is not there for the principal
    public boolean delete(Principal principal, UUID id) {
        Optional<ApprovedAnswer> old = find(principal, id);
        old.ifPresent(
                one ->
                        transaction.executeWithoutResult(
                                _ -> {
                                    store.delete(id);
                                    record(principal, "approved-answer.delete", id, one.draft());
                                }));
        return old.isPresent();
    }

    /// Takes all lines or, when one cannot be used, none. A line whose first question an answer of
    /// the base has replaces that answer, so that a file that was exported can be edited and taken
    /// back.
    ///
    /// @return how many were new and how many replaced another
    /// @throws ApprovedRefused naming the line
    public Imported add(Principal principal, KnowledgeBaseId base, List<ApprovedLine> lines) {
        access.require(principal, base, Right.MANAGE);
        var documents = ApprovedDocuments.of(store, base, lines);
        return Optional.ofNullable(
                        transaction.execute(_ -> imported(principal, base, lines, documents)))
                .orElseThrow();
    }

    /// What became of an import.
    public record Imported(int added, int replaced) {}

    private Imported imported(
            Principal principal,
            KnowledgeBaseId base,
            List<ApprovedLine> lines,
            ApprovedDocuments documents) {
        int added = 0;
        for (ApprovedLine line : lines) {
            try {
                ApprovedDraft draft = line.draft(documents);
                draft.check();
                Optional<UUID> old = store.withQuestion(base, draft.questions().getFirst());
                UUID id = old.orElseGet(UUID::randomUUID);
                if (old.isPresent()) {
                    store.change(id, draft, name(principal));
                } else {
                    store.add(id, base, draft, name(principal));
                    added++;
                }
                fill(principal, id, base, draft, encoded(draft), documents);
            } catch (ApprovedRefused refused) {
                throw refused.at(line.line());
            }
        }
        audit.record(
                principal,
                "approved-answer.import",
                "base:" + base,
                Map.of("added", added, "replaced", lines.size() - added));
        return new Imported(added, lines.size() - added);
    }

    private void fill(
            Principal principal,
            UUID id,
            KnowledgeBaseId base,
            ApprovedDraft draft,
            List<ApprovedStore.Encoded> questions,
            ApprovedDocuments documents) {
        for (int i = 0; i < questions.size(); i++) {
            if (!store.ask(id, base, i + 1, questions.get(i))) {
                throw ApprovedRefused.because(Reason.TWICE, questions.get(i).text());
            }
        }
        int number = 0;
        for (ApprovedDraft.Source source : draft.sources()) {
            store.rest(id, ++number, documents.of(source.document()), source.quote());
        }
        golden.takeApproved(
                principal,
                base,
                new GoldenDraft(
                        draft.questions().getFirst(),
                        true,
                        draft.sources().stream().map(ApprovedDraft.Source::document).toList(),
                        draft.sources().stream().map(ApprovedDraft.Source::quote).toList()));
    }

    private List<ApprovedStore.Encoded> encoded(ApprovedDraft draft) {
        return draft.questions().stream()
                .map(question -> ApprovedMatching.encoded(question, encoders))
                .toList();
    }

    private void record(Principal principal, String action, UUID id, ApprovedDraft draft) {
        audit.record(
                principal,
                action,
                "approved-answer:" + id,
                Map.of("question", draft.questions().getFirst()));
    }

    /// As readers are told who approved it.
    private static String name(Principal principal) {
        return switch (principal) {
            case Principal.User user -> user.name();
            case Principal.Key key -> key.actsFor() == null ? key.name() : key.actsFor().name();
        };
    }
}
