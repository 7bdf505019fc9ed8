package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.index.Highlighter;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Finds the words of a query as the index finds them: folded, stemmed, and pairs of characters
/// where
/// nothing parts words.
public final class WordHighlighter implements Highlighter {

    private static final List<String> FIELDS =
            List.of(Fields.BODY_ICU, Fields.BODY_BI, Fields.BODY_EN);

    private final Analysis analysis = new Analysis();
    private final StopWords stopWords = new StopWords(analysis);

    @Override
    public List<Span> spans(String query, String text) {
        String words = SearchText.words(query);
        String folded = SearchText.fold(text);
        List<Span> found = new ArrayList<>();
        for (String field : FIELDS) {
            Set<String> terms = new HashSet<>(analysis.terms(field, words));
            terms.removeIf(term -> stopWords.contains(field, term));
            if (!terms.isEmpty()) {
                addSpans(field, terms, folded, found);
            }
        }
        return joined(found.stream().anyMatch(span -> span.length() > 1) ? words(found) : found);
    }

    /// A single character of a longer query says little by itself.
    private static List<Span> words(List<Span> spans) {
        return spans.stream().filter(span -> span.length() > 1).toList();
    }

    private void addSpans(String field, Set<String> terms, String text, List<Span> found) {
        try (TokenStream tokens = analysis.tokenStream(field, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offsets = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (terms.contains(term.toString())
                        && offsets.endOffset() > offsets.startOffset()) {
                    found.add(new Span(offsets.startOffset(), offsets.endOffset()));
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string cannot fail", e);
        }
    }

    private static List<Span> joined(List<Span> spans) {
        List<Span> sorted =
                spans.stream()
                        .sorted(Comparator.comparingInt(Span::start).thenComparingInt(Span::end))
                        .toList();
        List<Span> joined = new ArrayList<>();
        for (Span span : sorted) {
            if (!joined.isEmpty() && span.start() <= joined.getLast().end()) {
                Span before = joined.removeLast();
                joined.add(new Span(before.start(), Math.max(before.end(), span.end())));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
