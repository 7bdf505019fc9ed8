package io.zhiwen.ask.table;

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

/// Reads a question by rules and has the database compute what it asks, in a transaction that can
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

    /// @param atMost how long the database may take for one statement
    public TableComputing(ReaderDatabase readers, Duration atMost) {
        this.readers = readers;
        this.atMost = atMost;
    }

    private record Meant(StoredTable table, TableQuery query) {}

    private record Answered(Meant meant, TableResult result) {}

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
            return readers.within(reach, db -> answered(mentions, reach, db))
                    .map(
                            one ->
                                    Wording.of(question.language())
                                            .computed(
                                                    one.meant.table, one.meant.query, one.result));
        } catch (TransientDataAccessException
                | DataAccessResourceFailureException
                | TransactionException e) {
            log.warn("a question was not computed, its passages are searched: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Answered> answered(Mentions mentions, Reach reach, JdbcClient db) {
        db.sql("select set_config('statement_timeout', ?, true)")
                .param(String.valueOf(atMost.toMillis()))
                .query(String.class)
                .single();
        var queries = new TableQueries(db);
        List<Meant> meant = new ArrayList<>();
        for (StoredTable table : new TableStore(db).named(mentions.keys(), reach)) {
            mentions.in(table)
                    .flatMap(all -> Reading.of(table, all))
                    .ifPresent(query -> meant.add(new Meant(table, query)));
        }
        if (meant.isEmpty() || meant.size() > MOST_ALIKE) {
            return Optional.empty();
        }
        List<Answered> answers =
                meant.stream()
                        .map(one -> new Answered(one, queries.run(one.query, reach)))
                        .toList();
        Answered newest =
                answers.stream()
                        .max(Comparator.comparing(one -> one.meant.table.changed()))
                        .orElseThrow();
        boolean agreed = answers.stream().allMatch(one -> isSame(one.result, newest.result));
        return agreed && isSound(newest) ? Optional.of(newest) : Optional.empty();
    }

    /// Trailing zeros make no other number.
    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null
                ? one == null && other == null
                : one.compareTo(other) == 0;
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

    private static boolean isSound(Answered answered) {
        TableResult result = answered.result;
        TableQuery query = answered.meant.query;
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
