package io.zhiwen.ingest.index.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/// How each field is cut into terms; text comes in as `SearchText.words` made it. Nothing is
/// dropped at indexing: what is a stop word is the question's business.
final class Analysis extends AnalyzerWrapper {

    private final Analyzer icu = analyzer(Analysis::icu);
    private final Analyzer bigrams = analyzer(Analysis::bigrams);
    private final Analyzer english = analyzer(Analysis::english);
    private final Analyzer whole = new KeywordAnalyzer();

    Analysis() {
        super(PER_FIELD_REUSE_STRATEGY);
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return switch (field) {
            case Fields.BODY_ICU, Fields.HEAD_ICU -> icu;
            case Fields.BODY_BI, Fields.HEAD_BI -> bigrams;
            case Fields.BODY_EN, Fields.HEAD_EN -> english;
            default -> whole;
        };
    }

    /// The terms of a text, each once, in the order of the text.
    Set<String> terms(String field, String text) {
        Set<String> terms = new LinkedHashSet<>();
        try (TokenStream tokens = tokenStream(field, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(term.toString());
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string cannot fail", e);
        }
        return terms;
    }

    @FunctionalInterface
    private interface Chain {
        Analyzer.TokenStreamComponents make();
    }

    private static Analyzer analyzer(Chain chain) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                return chain.make();
            }
        };
    }

    private static Analyzer.TokenStreamComponents icu() {
        Tokenizer source = new ICUTokenizer();
        return new Analyzer.TokenStreamComponents(
                source, new OnlyUnspaced(new ICUFoldingFilter(source), true));
    }

    private static Analyzer.TokenStreamComponents bigrams() {
        Tokenizer source = new StandardTokenizer();
        return new Analyzer.TokenStreamComponents(
                source, new OnlyUnspaced(new CJKBigramFilter(source), true));
    }

    private static Analyzer.TokenStreamComponents english() {
        Tokenizer source = new StandardTokenizer();
        TokenStream words = new OnlyUnspaced(source, false);
        words = new ICUFoldingFilter(new EnglishPossessiveFilter(words));
        return new Analyzer.TokenStreamComponents(source, new PorterStemFilter(words));
    }

    /// Keeps the tokens of scripts that put no spaces between words, or the others.
    private static final class OnlyUnspaced extends FilteringTokenFilter {

        private static final Set<String> UNSPACED =
                Set.of(
                        CJKBigramFilter.DOUBLE_TYPE,
                        CJKBigramFilter.SINGLE_TYPE,
                        "<IDEOGRAPHIC>",
                        "<HIRAGANA>",
                        "<KATAKANA>",
                        "<HANGUL>",
                        "<SOUTHEAST_ASIAN>");

        private final TypeAttribute type = addAttribute(TypeAttribute.class);
        private final boolean kept;

        OnlyUnspaced(TokenStream input, boolean kept) {
            super(input);
            this.kept = kept;
        }

        @Override
        protected boolean accept() {
            return UNSPACED.contains(type.type()) == kept;
        }
    }
}
