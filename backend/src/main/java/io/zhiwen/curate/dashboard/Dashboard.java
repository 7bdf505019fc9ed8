package io.zhiwen.curate.dashboard;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says what was asked and how it went: of a base to those who manage it, of everything to admins.
/// Nobody's words and nobody's names are in it. Safe for concurrent use.
@Component
public class Dashboard {

    private static final int SHOWN = 10;
    private static final int MOST = 1_000_000;

    private final FigureStore figures;
    private final DocumentStore documents;
    private final Access access;
    private final InstantSource clock;
    private final Audit audit;

    Dashboard(
            FigureStore figures,
            DocumentStore documents,
            Access access,
            InstantSource clock,
            Audit audit) {
        this.figures = figures;
        this.documents = documents;
        this.access = access;
        this.clock = clock;
        this.audit = audit;
    }

    /// The last days, today included.
    public Period last(int days) {
        return Period.last(days, LocalDate.ofInstant(clock.instant(), Period.zone()));
    }

    /// @param base null for all of them
    /// @throws NotAllowed when that is not the principal's to see
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when the principal does not know the base
    public Overview of(Principal principal, @Nullable KnowledgeBaseId base, Period period) {
        require(principal, base);
        FigureStore.Counted counted = figures.count(base, period);
        List<LocalDate> days = period.steps();
        return new Overview(
                period,
                counted.of(FigureStore.Of.ALL),
                IntStream.range(0, days.size())
                        .mapToObj(
                                i ->
                                        new Overview.Step(
                                                days.get(i),
                                                counted.of(new FigureStore.Of(i, null))))
                        .toList(),
                base == null ? bases(counted) : List.of(),
                documents.used(base, period, SHOWN),
                documents.unused(base, period),
                documents.idle(base, period, SHOWN),
                documents.failures(base, period));
    }

    private List<Overview.OfBase> bases(FigureStore.Counted counted) {
        return documents.bases().entrySet().stream()
                .map(
                        one ->
                                new Overview.OfBase(
                                        new KnowledgeBaseId(one.getKey()),
                                        one.getValue(),
                                        counted.of(new FigureStore.Of(null, one.getKey()))))
                .sorted(
                        Comparator.comparingLong(
                                        (Overview.OfBase one) ->
                                                one.figures().answers().questions())
                                .reversed()
                                .thenComparing(Overview.OfBase::name))
                .toList();
    }

    /// A table to take along, as CSV, which is written down.
    ///
    /// @throws NotAllowed when that is not the principal's to see
    public String csv(
            Principal principal,
            @Nullable KnowledgeBaseId base,
            Period period,
            DashboardTable table) {
        String csv =
                switch (table) {
                    case DAYS -> DashboardTable.days(of(principal, base, period));
                    case BASES -> DashboardTable.bases(of(principal, base, period));
                    case DOCUMENTS -> {
                        require(principal, base);
                        yield DashboardTable.documents(documents.all(base, period));
                    }
                    case UNUSED -> {
                        require(principal, base);
                        yield DashboardTable.unused(documents.idle(base, period, MOST));
                    }
                    case FAILURES -> {
                        require(principal, base);
                        yield DashboardTable.failures(documents.failures(base, period));
                    }
                };
        audit.record(
                principal,
                "dashboard.export",
                base == null ? "dashboard" : "base:" + base,
                Map.of(
                        "table",
                        table.code(),
                        "from",
                        period.from().toString(),
                        "to",
                        period.to().toString()));
        return csv;
    }

    private void require(Principal principal, @Nullable KnowledgeBaseId base) {
        if (base == null) {
            NotAllowed.unlessAdmin(principal, "the figures of all bases are for admins");
        } else {
            access.require(principal, base, Right.MANAGE);
        }
    }
}
