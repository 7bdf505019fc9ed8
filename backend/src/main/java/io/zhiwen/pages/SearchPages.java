package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.ingest.index.Highlighter;
import io.zhiwen.search.Search;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Passages without a chat. The address says all, so it can be passed on; whoever opens it sees
/// what they may read themselves.
@Controller
class SearchPages {

    private final Search search;
    private final Highlighter highlighter;
    private final Words words;
    private final InstantSource clock;

    SearchPages(Search search, Highlighter highlighter, Words words, InstantSource clock) {
        this.search = search;
        this.highlighter = highlighter;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping("/search")
    String search(
            Principal.User me,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") List<UUID> base,
            @RequestParam(defaultValue = "") List<String> type,
            @RequestParam(defaultValue = "") List<String> language,
            @RequestParam(defaultValue = "0") int days,
            @RequestParam(defaultValue = "" + SearchQuery.AT_ONCE) int shown,
            Model model,
            Locale locale) {
        var query =
                new SearchQuery(
                        q.strip(),
                        new LinkedHashSet<>(base),
                        new LinkedHashSet<>(type),
                        new LinkedHashSet<>(language),
                        Math.clamp(days, 0, 36_500),
                        Math.clamp(shown, SearchQuery.AT_ONCE, Search.DEPTH));
        model.addAttribute("query", query.text());
        model.addAttribute("kept", query.filters());
        if (query.text().isEmpty()) {
            return "search";
        }
        try {
            model.addAttribute("seen", seen(me, query, locale));
        } catch (UnusableQuestion unusable) {
            model.addAttribute("wrong", words.say(locale, unusable.code(), unusable.limit()));
        }
        return "search";
    }

    private SearchView seen(Principal.User me, SearchQuery query, Locale locale) {
        long since = System.nanoTime();
        var found =
                search.around(
                        me,
                        query.baseIds(),
                        query.text(),
                        Search.DEPTH,
                        query.filter(clock.instant()));
        return SearchView.of(
                query,
                found,
                Duration.ofNanos(System.nanoTime() - since),
                text -> Snippet.of(text, highlighter.spans(query.text(), text)),
                words,
                locale);
    }
}
