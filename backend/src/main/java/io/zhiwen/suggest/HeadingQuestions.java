package io.zhiwen.suggest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.Library;
import io.zhiwen.library.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Questions from the headings of a base's newest documents, each in the language of its heading.
@Component
class HeadingQuestions {

    private static final int DOCUMENTS = 12;
    private static final int OF_A_DOCUMENT = 4;
    private static final int REMEMBERED = 2_000;
    private static final Comparator<Suggested> BEST_FIRST =
            Comparator.comparingInt(Suggested::fit).reversed();

    private final Library library;
    private final Cache<String, List<Suggested>> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    HeadingQuestions(Library library) {
        this.library = library;
    }

    /// The best of each document first, and better ones before others.
    List<String> of(Scope scope, KnowledgeBaseId base, int atMost) {
        List<List<Suggested>> documents = new ArrayList<>();
        for (var row : library.documents(scope, base, null, DOCUMENTS).items()) {
            if (row.status() == Status.READY) {
                documents.add(of(scope, row));
            }
        }
        Set<String> questions = new LinkedHashSet<>();
        for (int i = 0; i < OF_A_DOCUMENT; i++) {
            List<Suggested> round = new ArrayList<>();
            for (List<Suggested> document : documents) {
                if (i < document.size()) {
                    round.add(document.get(i));
                }
            }
            round.sort(BEST_FIRST);
            round.forEach(one -> questions.add(one.text()));
        }
        return questions.stream().limit(atMost).toList();
    }

    private List<Suggested> of(Scope scope, DocumentRow row) {
        return known.get(
                row.id() + "/" + row.version(),
                _ ->
                        library.content(scope, row.id(), row.version())
                                .map(document -> made(row.name(), Outline.of(document)))
                                .orElse(List.of()));
    }

    private static List<Suggested> made(String document, Outline outline) {
        Map<String, Suggested> questions = new LinkedHashMap<>();
        for (Outline.Entry entry : outline.entries()) {
            Language own = Language.of(entry.path().getLast());
            Headings.question(document, entry.path(), own)
                    .ifPresent(one -> questions.putIfAbsent(one.text(), one));
        }
        return questions.values().stream().sorted(BEST_FIRST).limit(OF_A_DOCUMENT).toList();
    }
}
