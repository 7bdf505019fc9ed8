package io.zhiwen.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.curate.dashboard.Dashboard;
import io.zhiwen.curate.dashboard.DashboardTable;
import io.zhiwen.curate.dashboard.Period;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What was asked and how it went: of all bases for admins, of one for those who manage it.
@Controller
class DashboardPages {

    private static final List<Integer> PERIODS = List.of(7, 30, 90, 365);
    private static final int USUAL = 30;

    private final Dashboard dashboard;
    private final Library library;
    private final Access access;
    private final Words words;

    DashboardPages(Dashboard dashboard, Library library, Access access, Words words) {
        this.dashboard = dashboard;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param days the last ones; without them from `from` to `to`, both included
    record Asked(
            @Nullable UUID base,
            @Nullable Integer days,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {}

    /// A way to another period.
    record Link(int days, String text, boolean chosen) {}

    @GetMapping("/dashboard")
    String page(Principal.User me, Asked asked, Model model, Locale locale) {
        var bases = BaseChoices.of(library, access, me, asked.base());
        var base = base(me, asked, bases);
        var period = period(asked);
        var overview = dashboard.of(me, base, period);
        model.addAttribute("board", DashboardView.of(overview, words, locale));
        model.addAttribute("bases", BaseChoices.of(library, access, me, id(base)));
        model.addAttribute("base", base == null ? "" : base.toString());
        model.addAttribute("from", period.from().toString());
        model.addAttribute("to", period.to().toString());
        model.addAttribute(
                "periods",
                PERIODS.stream()
                        .map(
                                days ->
                                        new Link(
                                                days,
                                                words.say(locale, "dashboard.last", days),
                                                period.equals(dashboard.last(days))))
                        .toList());
        return "admin/dashboard";
    }

    @GetMapping("/dashboard/export")
    ResponseEntity<byte[]> export(Principal.User me, Asked asked, @RequestParam String table) {
        var chosen = DashboardTable.of(table).orElseThrow(Faults.Gone::new);
        var base = asked.base() == null ? null : new KnowledgeBaseId(asked.base());
        var csv = dashboard.csv(me, base, period(asked), chosen);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"zhiwen-" + chosen.code() + ".csv\"")
                .contentType(new MediaType("text", "csv", UTF_8))
                .body(csv.getBytes(UTF_8));
    }

    private Period period(Asked asked) {
        var to = asked.to();
        var from = asked.from();
        if (asked.days() == null && from != null && to != null) {
            try {
                return new Period(from, to);
            } catch (IllegalArgumentException _) {
                return dashboard.last(USUAL);
            }
        }
        var days = asked.days() == null ? USUAL : Math.clamp(asked.days(), 1, Period.LONGEST);
        return dashboard.last(days);
    }

    /// Who is no admin sees one base at a time: the first, where none is chosen.
    private static @Nullable KnowledgeBaseId base(
            Principal.User me, Asked asked, List<ChatPages.Choice> bases) {
        if (asked.base() != null) {
            return new KnowledgeBaseId(asked.base());
        }
        if (me.isAdmin()) {
            return null;
        }
        return bases.stream()
                .findFirst()
                .map(first -> new KnowledgeBaseId(UUID.fromString(first.id())))
                .orElseThrow(() -> new NotAllowed("figures are for those who manage a base"));
    }

    private static @Nullable UUID id(@Nullable KnowledgeBaseId base) {
        return base == null ? null : base.value();
    }
}
