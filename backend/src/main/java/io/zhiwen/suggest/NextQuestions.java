package io.zhiwen.suggest;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.Spending;
import io.zhiwen.ask.TokenUsage;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ask.stream.Meter;
import io.zhiwen.ask.stream.ModelSuggestions;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// Questions to go on with after an answer, in the language of its question: the model's while it
/// has a slot to spare, else some from the headings beside the cited passages. Safe for concurrent
/// use.
@Component
public class NextQuestions {

    private static final int MOST = 3;
    private static final int NEAR = 12;
    private static final int DOCUMENTS = 3;

    /// Of an answer's line, to be looked for in a document.
    private static final int SHORTEST = 6;

    private static final int BEGINNING = 24;

    /// What was just said.
    ///
    /// @param asked every question of the chat so far, the last one last
    /// @param written whether a model wrote the answer
    public record Said(
            List<String> asked, String answer, boolean written, List<Citation> citations) {

        String question() {
            return asked.isEmpty() ? "" : asked.getLast();
        }
    }

    private final Library library;
    private final ModelSuggestions model;
    private final TokenUsage tokens;

    NextQuestions(Library library, ModelSuggestions model, TokenUsage tokens) {
        this.library = library;
        this.model = model;
        this.tokens = tokens;
    }

    /// @param scope what the one who reads them may read; headings of nothing else are used
    /// @param chosen the bases the chat asks: the model is theirs
    /// @param asker whose tokens it costs
    public List<String> after(
            Said said, Scope scope, Collection<KnowledgeBaseId> chosen, String asker) {
        Language language = Language.of(said.question());
        List<List<String>> near = near(said, scope);
        List<String> questions = new ArrayList<>();
        KnowledgeBaseId base =
                said.citations().isEmpty() ? null : said.citations().getFirst().base();
        if (said.written() && base != null && !tokens.isUsedUp(asker, base)) {
            List<String> topics = near.stream().map(path -> String.join(" > ", path)).toList();
            List<Meter.Spent> spent = new ArrayList<>();
            Meter.count(
                    spent::add,
                    () ->
                            questions.addAll(
                                    model.next(
                                            said.question(),
                                            said.answer(),
                                            topics,
                                            Tongue.of(said.question(), language),
                                            chosen)));
            spent.forEach(one -> tokens.add(asker, base, Spending.NOTHING.and(one)));
        }
        if (questions.isEmpty()) {
            near.stream()
                    .flatMap(path -> Headings.question("", path, language).stream())
                    .sorted(Comparator.comparingInt(Suggested::fit).reversed())
                    .map(Suggested::text)
                    .forEach(questions::add);
        }
        Set<String> before =
                said.asked().stream().map(NextQuestions::words).collect(Collectors.toSet());
        return questions.stream()
                .distinct()
                .filter(one -> !before.contains(words(one)))
                .limit(MOST)
                .toList();
    }

    /// Headings around the cited passages that the answer does not stand under, the nearest first.
    private List<List<String>> near(Said said, Scope scope) {
        Set<List<String>> near = new LinkedHashSet<>();
        Set<DocumentId> seen = new HashSet<>();
        for (Citation citation : said.citations()) {
            if (seen.size() < DOCUMENTS && seen.add(citation.document())) {
                library.content(scope, citation.document(), citation.version())
                        .ifPresent(
                                document ->
                                        near.addAll(
                                                beside(
                                                        Outline.of(document),
                                                        place(said, citation, document.text()))));
            }
        }
        return List.copyOf(near);
    }

    /// Where the answer's first words stand in the passage; else where that begins.
    private static int place(Said said, Citation citation, String text) {
        String first =
                said.answer()
                        .lines()
                        .map(
                                line ->
                                        line.replaceAll(
                                                        "\\[(?:\\d+|\\?)]|[*_`#>|]|^\\s*[-+]\\s",
                                                        "")
                                                .strip())
                        .filter(line -> line.length() >= SHORTEST)
                        .findFirst()
                        .orElse("");
        int from = citation.span().start();
        int found =
                first.isEmpty()
                        ? -1
                        : text.indexOf(
                                first.substring(0, Math.min(first.length(), BEGINNING)), from);
        return found >= 0 && found < citation.span().end() ? found : from;
    }

    /// What comes after is nearer than what came before.
    private static List<List<String>> beside(Outline outline, int place) {
        var entries = outline.entries();
        int here = outline.at(place);
        List<String> under = here < 0 ? List.of() : entries.get(here).path();
        return IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> i >= here ? 2 * (i - here) : 3 * (here - i)))
                .map(i -> entries.get(i).path())
                .filter(path -> !isAbove(path, under))
                .limit(NEAR)
                .toList();
    }

    private static boolean isAbove(List<String> path, List<String> other) {
        return path.size() <= other.size() && other.subList(0, path.size()).equals(path);
    }

    private static String words(String question) {
        return question.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
