package io.zhiwen.suggest;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.KnowledgeBase;
import java.sql.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Questions to begin with, by base: those its managers wrote, else some made from the headings of
/// what the reader may read. Safe for concurrent use.
@Component
public class FirstQuestions {

    /// How many a base may have.
    public static final int MOST = 12;

    /// Characters of one.
    public static final int LONGEST = 200;

    private static final int MADE = 6;

    /// The questions of a base as somebody sees them.
    ///
    /// @param edited whether a manager wrote them
    public record OfBase(List<String> questions, boolean edited) {}

    private record Kept(UUID id, @Nullable List<String> questions) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final HeadingQuestions headings;

    FirstQuestions(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            HeadingQuestions headings) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.headings = headings;
    }

    /// Some of several bases, each in its turn; those in the reader's language first.
    public List<String> of(Scope scope, List<KnowledgeBase> bases, int atMost, Language language) {
        List<List<String>> each = new ArrayList<>();
        for (KnowledgeBase base : bases) {
            if (base.ready() > 0 && each.size() < atMost) {
                of(scope, base.id()).map(OfBase::questions).ifPresent(each::add);
            }
        }
        Set<String> mixed = new LinkedHashSet<>();
        for (int i = 0; i < MOST; i++) {
            for (List<String> questions : each) {
                if (i < questions.size()) {
                    mixed.add(questions.get(i));
                }
            }
        }
        return mixed.stream()
                .sorted(Comparator.comparing(one -> Language.of(one) != language))
                .limit(atMost)
                .toList();
    }

    /// Those of one base; empty when nothing of it is readable.
    public Optional<OfBase> of(Scope scope, KnowledgeBaseId base) {
        if (!scope.allows(base)) {
            return Optional.empty();
        }
        return kept(base)
                .map(
                        kept -> {
                            List<String> written = kept.questions();
                            return written == null
                                    ? new OfBase(headings.of(scope, base, MADE), false)
                                    : new OfBase(written, true);
                        });
    }

    /// Replaces them; none is a choice too.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    /// @throws IllegalArgumentException when there are too many, or one is too long
    public void save(Principal who, KnowledgeBaseId base, List<String> questions) {
        List<String> clean =
                questions.stream()
                        .map(one -> one.replaceAll("[\\p{Cc}\\s]+", " ").strip())
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList();
        if (clean.size() > MOST || clean.stream().anyMatch(one -> one.length() > LONGEST)) {
            throw new IllegalArgumentException(
                    "at most " + MOST + " questions of " + LONGEST + " characters");
        }
        change(who, base, clean.toArray(String[]::new), clean.size());
    }

    /// Back to those made from headings.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public void reset(Principal who, KnowledgeBaseId base) {
        change(who, base, null, 0);
    }

    private void change(
            Principal who, KnowledgeBaseId base, String @Nullable [] questions, int count) {
        access.require(who, base, Right.MANAGE);
        transaction.executeWithoutResult(
                _ -> {
                    int updated =
                            db.sql(
                                            """
                                            update knowledge_base
                                            set first_questions = cast(:questions as text[])
                                            where id = :id and deleted_at is null""")
                                    .param("questions", questions)
                                    .param("id", base.value())
                                    .update();
                    if (updated != 1) {
                        throw new NoSuchKnowledgeBase(base);
                    }
                    Map<String, Object> detail =
                            questions == null ? Map.of("made", true) : Map.of("questions", count);
                    audit.record(who, "base.questions", "base:" + base, detail);
                });
    }

    private Optional<Kept> kept(KnowledgeBaseId base) {
        return db.sql(
                        """
                        select id, first_questions from knowledge_base
                        where id = :id and deleted_at is null""")
                .param("id", base.value())
                .query(
                        (row, _) -> {
                            Array kept = row.getArray("first_questions");
                            return new Kept(
                                    row.getObject("id", UUID.class),
                                    kept == null ? null : List.of((String[]) kept.getArray()));
                        })
                .optional();
    }
}
