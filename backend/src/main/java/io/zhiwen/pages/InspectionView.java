package io.zhiwen.pages;

import io.zhiwen.ask.RetrievalSteps;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.evaluate.inspect.Candidate;
import io.zhiwen.evaluate.inspect.Inspection;
import io.zhiwen.ingest.store.StoredChunk;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One question's search in words and figures.
///
/// @param legs in their order; the cells of each row have the same
/// @param first rows that got to the end of the search
/// @param rest those that did not
record InspectionView(
        boolean refused,
        String verdict,
        List<LegView> legs,
        String fused,
        String reranked,
        String total,
        List<Row> first,
        List<Row> rest) {

    /// @param missing why it found nothing; empty when it ran
    record LegView(String name, String model, String found, String took, String missing) {}

    /// @param fate as a style and a test may ask for it
    record Row(
            long chunk,
            String rank,
            String document,
            String name,
            String where,
            String text,
            int version,
            int start,
            int end,
            List<Cell> cells,
            String relevance,
            String fate,
            String said,
            String folded,
            String before,
            boolean twin) {}

    /// @param rank empty where it was not found
    record Cell(String label, String rank, String score) {}

    private static final int SHOWN = 280;

    /// A passage that can be shown, of which a stored way tells the figures.
    static Row row(
            StoredChunk source,
            String rank,
            List<Cell> cells,
            String relevance,
            String fate,
            String said,
            Words words,
            Locale locale) {
        var chunk = source.chunk();
        return new Row(
                source.id(),
                rank,
                source.document().toString(),
                source.documentName(),
                SourceView.where(chunk.page(), chunk.sheet(), words, locale),
                shortened(chunk.text()),
                source.version(),
                chunk.span().start(),
                chunk.span().end(),
                cells,
                relevance,
                fate,
                said,
                "",
                "",
                false);
    }

    private static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        int end =
                line.offsetByCodePoints(0, Math.min(SHOWN, line.codePointCount(0, line.length())));
        return end < line.length() ? line.substring(0, end) + "…" : line;
    }

    static InspectionView of(Inspection seen, Words words, Locale locale) {
        return new Maker(words, locale).view(seen);
    }

    private record Maker(Words words, Locale locale) {

        InspectionView view(Inspection seen) {
            if (seen.steps().isEmpty()) {
                var nothing = words.say(locale, "evaluate.test.nothing");
                return new InspectionView(
                        true, nothing, List.of(), "", "", "", List.of(), List.of());
            }
            var steps = seen.steps().getFirst();
            var candidates = seen.candidates();
            var rows = candidates.stream().map(one -> row(one, steps)).toList();
            int ranked = steps.ordered().size();
            return new InspectionView(
                    seen.refused(),
                    verdict(seen),
                    steps.legs().stream().map(this::leg).toList(),
                    words.say(locale, "evaluate.test.fused", candidates.size()),
                    reranked(steps),
                    millis(steps.millis().values().stream().mapToDouble(d -> d).sum()),
                    rows.subList(0, ranked),
                    rows.subList(ranked, rows.size()));
        }

        private String verdict(Inspection seen) {
            var best = decimals(seen.bestRelevance(), 2);
            return seen.refused()
                    ? words.say(locale, "evaluate.test.refused", best)
                    : words.say(locale, "evaluate.test.answered", seen.sent().size(), best);
        }

        private LegView leg(Leg leg) {
            boolean byWords = leg.kind() == Leg.Kind.KEYWORD;
            var name = leg.ranking().leg();
            var model = byWords ? "" : name.substring(name.lastIndexOf(':') + 1);
            var missing = leg.missing();
            return new LegView(
                    label(leg),
                    model,
                    words.say(locale, "evaluate.test.found", leg.ranking().hits().size()),
                    millis(leg.took().toNanos() / 1e6),
                    missing == null ? "" : missing);
        }

        private String label(Leg leg) {
            if (leg.isTranslated()) {
                return words.say(
                        locale,
                        leg.kind() == Leg.Kind.KEYWORD
                                ? "evaluate.leg.words.translated"
                                : "evaluate.leg.meaning.translated");
            }
            if (leg.kind() == Leg.Kind.KEYWORD) {
                return words.say(locale, "evaluate.leg.words");
            }
            return words.say(
                    locale,
                    leg.speaksQuestion() ? "evaluate.leg.meaning" : "evaluate.leg.meaning.other");
        }

        private String reranked(RetrievalSteps steps) {
            if (steps.profile().reranker() == RerankerKind.NONE) {
                return words.say(locale, "evaluate.test.reranked.none");
            }
            return words.say(locale, rereadKey(steps), steps.scores().size(), steps.reread());
        }

        private static String rereadKey(RetrievalSteps steps) {
            if (steps.readBy() != steps.profile().reranker()) {
                return "evaluate.test.reranked.instead";
            }
            return steps.overBudget() ? "evaluate.test.reranked.late" : "evaluate.test.reranked";
        }

        private Row row(Candidate one, RetrievalSteps steps) {
            var source = one.source();
            var rank = one.rank();
            var relevance = one.relevance();
            var fate = one.fate().name().toLowerCase(Locale.ROOT).replace('_', '-');
            var said = words.say(locale, "evaluate.fate." + fate);
            var cells = cells(one, steps);
            if (source == null) {
                var gone = words.say(locale, "evaluate.test.gone");
                return new Row(
                        one.chunk(),
                        "",
                        "",
                        gone,
                        "",
                        "",
                        0,
                        0,
                        0,
                        cells,
                        "",
                        fate,
                        said,
                        "",
                        "",
                        false);
            }
            var chunk = source.chunk();
            return new Row(
                    one.chunk(),
                    rank == null ? "" : rank.toString(),
                    source.document().toString(),
                    source.documentName(),
                    SourceView.where(chunk.page(), chunk.sheet(), words, locale),
                    shortened(chunk.text()),
                    source.version(),
                    chunk.span().start(),
                    chunk.span().end(),
                    cells,
                    relevance == null ? "" : decimals(relevance, 2),
                    fate,
                    said,
                    folded(one),
                    before(one),
                    one.twin());
        }

        /// The documents it stands for; empty where there are none.
        private String folded(Candidate one) {
            if (one.folded().isEmpty()) {
                return "";
            }
            var names = one.folded().stream().map(StoredChunk::documentName).distinct().toList();
            return words.say(locale, "search.same", one.folded().size())
                    + String.join(words.say(locale, "page.comma"), names);
        }

        /// The document it supersedes and was put in front of; empty where there is none.
        private String before(Candidate one) {
            var before = one.before();
            return before == null
                    ? ""
                    : words.say(locale, "evaluate.succeeds", before.documentName());
        }

        /// The legs, the fusion, the reranker.
        private List<Cell> cells(Candidate one, RetrievalSteps steps) {
            var cells = new java.util.ArrayList<Cell>();
            for (int i = 0; i < one.places().size(); i++) {
                var place = one.places().get(i);
                var leg = steps.legs().get(i);
                int digits = leg.kind() == Leg.Kind.KEYWORD ? 1 : 3;
                cells.add(cell(label(leg), place.rank(), place.score(), digits));
            }
            cells.add(
                    cell(
                            words.say(locale, "evaluate.step.fused"),
                            one.fusedRank(),
                            one.signals().belief(),
                            3));
            cells.add(
                    cell(
                            words.say(locale, "evaluate.step.reranked"),
                            null,
                            one.lateInteraction(),
                            3));
            return cells;
        }

        private Cell cell(
                String label, @Nullable Integer rank, @Nullable Double score, int digits) {
            return new Cell(
                    label,
                    rank == null ? "" : rank.toString(),
                    score == null ? "" : decimals(score, digits));
        }

        private String millis(double ms) {
            return words.say(locale, "evaluate.ms", decimals(ms, ms < 10 ? 1 : 0));
        }

        private String decimals(double value, int digits) {
            var format = NumberFormat.getNumberInstance(locale);
            format.setMinimumFractionDigits(digits);
            format.setMaximumFractionDigits(digits);
            return format.format(value);
        }
    }
}
