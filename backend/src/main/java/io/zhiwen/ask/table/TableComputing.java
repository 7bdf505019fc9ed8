package io.zhiwen.ask.table;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.store.TableQueries;
import io.zhiwen.ingest.store.TableResult;
import io.zhiwen.ingest.store.TableStore;
import io.zhiwen.ingest.table.TableQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/// Reads a question by rules, or by the model where they do not tell, and has the database compute
/// what it asks, in a transaction that can
/// only read, only what its asker may, and only for so long. Safe for concurrent use.
public final class TableComputing implements Computing {

    private static final Logger log = LoggerFactory.getLogger(TableComputing.class);

    private static final int LONGEST_QUESTION = 200;

    /// More tables that could be meant than this are too many to be one.
    private static final int MOST_ALIKE = 3;

    /// What two sums of the same numbers may differ by, as a part of them.
    private static final BigDecimal ROUNDED = new BigDecimal("0.001");

    private final ReaderDatabase readers;
    private final Duration atMost;
    private final QueryModel model;

    /// @param atMost how long the database may take for one statement
    public TableComputing(ReaderDatabase readers, Duration atMost, QueryModel model) {
        this.readers = readers;
        this.atMost = atMost;
        this.model = model;
    }

    private record Answered(Proposal.Meant meant, TableResult result) {}

    /// @param answer by rules, if they tell
    /// @param likely tables a model may be asked about, if they do not
    private record Looked(Optional<Answered> answer, List<StoredTable> likely) {}

    @Override
    public Optional<Computed> of(Question question, BooleanSupplier stop) {
        String folded = SearchText.words(question.text());
        if (question.scope().isEmpty() || folded.length() > LONGEST_QUESTION) {
            return Optional.empty();
        }
        var mentions = new Mentions(folded);
        if (!Reading.asks(mentions.cues())) {
            return Optional.empty();
        }
        try {
            Reach reach = question.scope().reach();
            Looked looked = readers.within(reach, db -> looked(folded, mentions, reach, db));
            return looked.answer
                    .or(() -> proposed(folded, mentions, looked.likely, question.scope(), stop))
                    .map(
                            one ->
                                    Wording.of(question.tongue())
                                            .computed(
                                                    one.meant.table(),
                                                    one.meant.query(),
                                                    one.result));
        } catch (TransientDataAccessException
                | DataAccessResourceFailureException
                | TransactionException e) {
            log.warn("a question was not computed, its passages are searched: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Looked looked(String folded, Mentions mentions, Reach reach, JdbcClient db) {
        limit(db);
        List<StoredTable> named = new TableStore(db).named(mentions.keys(), reach);
        List<Proposal.Meant> meant = new ArrayList<>();
        for (StoredTable table : named) {
            mentions.in(table)
                    .flatMap(all -> Reading.of(table, all))
                    .ifPresent(query -> meant.add(new Proposal.Meant(table, query)));
        }
        return meant.isEmpty()
                ? new Looked(Optional.empty(), Proposals.tables(folded, mentions, named))
                : new Looked(answered(meant, reach, db), List.of());
    }

    /// The model is asked while no connection is held.
    private Optional<Answered> proposed(
            String folded,
            Mentions mentions,
            List<StoredTable> likely,
            Scope scope,
            BooleanSupplier stop) {
        if (likely.isEmpty()) {
            return Optional.empty();
        }
        return model.said(Proposals.prompt(folded, mentions, likely), scope, stop)
                .flatMap(said -> Proposal.read(said, mentions, likely))
                .flatMap(
                        meant ->
                                readers.within(
                                        scope.reach(),
                                        db -> {
                                            limit(db);
                                            return answered(List.of(meant), scope.reach(), db);
                                        }));
    }

    private void limit(JdbcClient db) {
        db.sql("select set_config('statement_timeout', ?, true)")
                .param(String.valueOf(atMost.toMillis()))
                .query(String.class)
                .single();
    }

    private static Optional<Answered> answered(
            List<Proposal.Meant> meant, Reach reach, JdbcClient db) {
        if (meant.size() > MOST_ALIKE) {
            return Optional.empty();
        }
        var queries = new TableQueries(db);
        List<Answered> answers =
                meant.stream()
                        .map(one -> new Answered(one, queries.run(one.query(), reach)))
                        .toList();
        Answered newest =
                answers.stream()
                        .max(Comparator.comparing(one -> one.meant.table().changed()))
                        .orElseThrow();
        boolean agreed = answers.stream().allMatch(one -> isSame(one.result, newest.result));
        return agreed && isSound(newest) ? Optional.of(newest) : Optional.empty();
    }

    /// Several tables may answer when they say the same, as copies do.
    private static boolean isSame(TableResult one, TableResult other) {
        return isSame(one.value(), other.value())
                && one.taken() == other.taken()
                && one.groups().equals(other.groups())
                && one.rows().stream()
                        .map(TableResult.Row::shown)
                        .toList()
                        .equals(other.rows().stream().map(TableResult.Row::shown).toList());
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }

    private static boolean isSound(Answered answered) {
        TableResult result = answered.result;
        TableQuery query = answered.meant.query();
        if (query.group() != null) {
            return result.groups().stream().anyMatch(group -> group.value() != null);
        }
        return switch (query.operation()) {
            case COUNT, DISTINCT -> true;
            case AVERAGE -> result.value() != null;
            case SUM -> result.value() != null && agrees(result);
            case RANK, LIST -> !result.rows().isEmpty();
            case DIFFERENCE -> result.taken() == 2 && result.measured() == 2;
        };
    }

    /// Whether the table's own last line says the same sum: if not, its rows are not all of it.
    private static boolean agrees(TableResult result) {
        BigDecimal total = result.total();
        BigDecimal value = Objects.requireNonNull(result.value());
        return total == null
                || total.subtract(value).abs().compareTo(total.abs().multiply(ROUNDED)) <= 0;
    }
}
