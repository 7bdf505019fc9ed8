package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.ingest.index.Highlighter;
import io.zhiwen.search.FilterChoices;
import io.zhiwen.search.Search;
import io.zhiwen.search.UnusableFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Passages without a chat. The address says all, so it can be passed on; whoever opens it sees
/// what they may read themselves.
@Controller
class SearchPages {

    private final Search search;
    private final FilterChoices choices;
    private final Highlighter highlighter;
    private final Words words;
    private final InstantSource clock;

    SearchPages(
            Search search,
            FilterChoices choices,
            Highlighter highlighter,
            Words words,
            InstantSource clock) {
        this.search = search;
        this.choices = choices;
        this.highlighter = highlighter;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping("/search")
    String search(
            Principal.User me,
            @RequestParam(defaultValue = "") String q,
            @RequestParam MultiValueMap<String, String> address,
            @RequestParam(defaultValue = "" + SearchQuery.AT_ONCE) int shown,
            @RequestParam(defaultValue = "false") boolean wide,
            Model model,
            Locale locale) {
        var query =
                SearchQuery.of(
                        q.strip(),
                        address,
                        Math.clamp(shown, SearchQuery.AT_ONCE, Search.DEPTH),
                        wide);
        model.addAttribute("query", query.text());
        model.addAttribute("kept", query.filters());
        if (query.text().isEmpty()) {
            return "search";
        }
        try {
            model.addAttribute("seen", seen(me, query, locale));
            if (wide) {
                var there = choices.of(me, query.baseIds());
                model.addAttribute("form", SearchForm.of(query, there, words, locale));
            }
        } catch (UnusableQuestion unusable) {
            model.addAttribute("wrong", words.say(locale, unusable.code(), unusable.limit()));
        } catch (UnusableFilter _) {
            model.addAttribute("wrong", words.say(locale, "search.filter.gone"));
            model.addAttribute("unfiltered", query.unfiltered().link());
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
