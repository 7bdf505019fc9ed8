package io.zhiwen.suggest;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.TokenUsage;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.stream.ModelSuggestions;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.library.Library;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Questions to go on with after an answer, in the language of its question: the model's while it
/// has a slot to spare, else some from the headings beside the cited passages. Safe for concurrent
/// use.
@Component
public class NextQuestions {

    private static final int MOST = 3;
    private static final int NEAR = 12;
    private static final int DOCUMENTS = 3;

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
    /// @param asker whose tokens it costs
    public List<String> after(Said said, Scope scope, String asker) {
        Language language = Language.of(said.question());
        List<List<String>> near = near(said.citations(), scope);
        List<String> questions = new ArrayList<>();
        if (said.written() && !tokens.isUsedUp(asker)) {
            List<String> topics = near.stream().map(path -> String.join(" > ", path)).toList();
            questions.addAll(
                    model.next(said.question(), said.answer(), topics, language, scope.bases()));
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

    /// Headings around the cited passages that no citation stands under, the nearest first.
    private List<List<String>> near(List<Citation> citations, Scope scope) {
        Set<List<String>> cited =
                citations.stream().map(Citation::headingPath).collect(Collectors.toSet());
        Set<List<String>> near = new LinkedHashSet<>();
        Set<Object> seen = new LinkedHashSet<>();
        for (Citation citation : citations) {
            if (seen.size() < DOCUMENTS && seen.add(citation.document())) {
                var chunks = library.chunks(scope, citation.document(), citation.version());
                near.addAll(beside(citation, chunks, cited));
            }
        }
        return List.copyOf(near);
    }

    private static List<List<String>> beside(
            Citation citation, List<StoredChunk> chunks, Collection<List<String>> cited) {
        int at = 0;
        while (at < chunks.size() - 1
                && chunks.get(at).chunk().span().end() <= citation.span().start()) {
            at++;
        }
        int here = at;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            order.add(i);
        }
        // what comes after is nearer than what came before
        order.sort(Comparator.comparingInt(i -> i >= here ? 2 * (i - here) : 3 * (here - i)));
        return order.stream()
                .map(i -> chunks.get(i).chunk().headingPath())
                .filter(path -> path.size() > 1 && !cited.contains(path))
                .distinct()
                .limit(NEAR)
                .toList();
    }

    private static String words(String question) {
        return question.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
