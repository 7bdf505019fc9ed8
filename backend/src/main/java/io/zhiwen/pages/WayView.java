package io.zhiwen.pages;

import io.zhiwen.conversation.AnswerWay;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A stored way of an answer, in words and figures.
///
/// @param facts of the question, the prompt and the answer
/// @param seen the search, as the page that tries a question shows one
/// @param checks what became of the citations
/// @param system what the model was told; empty where it is not shown or there was none
/// @param user the passages and the question as the model got them; likewise
record WayView(
        String question,
        String at,
        boolean own,
        List<Fact> facts,
        InspectionView seen,
        List<String> checks,
        List<Fact> millis,
        String system,
        String user) {

    record Fact(String label, String value) {}

    /// @param base the name of a base by its id; empty for one that is not there for them
    static WayView of(AnswerWay way, Function<UUID, String> base, Words words, Locale locale) {
        return new Maker(way, JsonMapper.shared().valueToTree(way.entries()), words, locale)
                .view(base);
    }

    private record Maker(AnswerWay way, JsonNode trace, Words words, Locale locale) {

        WayView view(Function<UUID, String> base) {
            var prompt = trace.path("prompt");
            return new WayView(
                    way.question(),
                    new Formats(locale).moment(way.at()),
                    way.own(),
                    facts(base, prompt),
                    seen(prompt),
                    checks(),
                    millis(),
                    prompt.path("system").asString(""),
                    prompt.path("user").asString(""));
        }

        private List<Fact> facts(Function<UUID, String> base, JsonNode prompt) {
            List<Fact> facts = new ArrayList<>();
            fact(facts, "searched", trace.path("searched").asString(""));
            fact(facts, "translated", trace.at("/translation/text").asString(""));
            fact(facts, "earlier", number(trace.path("earlierTurns")));
            var bases =
                    trace.path("bases")
                            .valueStream()
                            .map(id -> base.apply(UUID.fromString(id.asString())))
                            .filter(name -> !name.isEmpty())
                            .toList();
            fact(facts, "bases", new Formats(locale).list(bases));
            fact(facts, "approved", trace.at("/approved/question").asString(""));
            var outcome = trace.path("outcome").asString("");
            fact(facts, "outcome", outcome.isEmpty() ? "" : say("outcome." + outcome));
            fact(facts, "model", prompt.path("model").asString(""));
            if (prompt.has("tokens")) {
                var counted = prompt.path("tokensCountedBy").asString("estimate");
                fact(facts, "prompt", say("prompt." + counted, prompt.path("tokens").asLong()));
                fact(facts, "summarised", number(prompt.path("summarisedTurns")));
                fact(facts, "dropped", number(prompt.path("droppedTurns")));
            }
            var tokens = trace.path("tokens");
            if (tokens.has("answer")) {
                long read = tokens.path("prompt").asLong();
                fact(facts, "tokens", say("tokens.both", read, tokens.path("answer").asLong()));
            }
            fact(facts, "failure", trace.path("llmFailure").asString(""));
            return facts;
        }

        private void fact(List<Fact> facts, String label, String value) {
            if (!value.isEmpty()) {
                facts.add(new Fact(say(label), value));
            }
        }

        /// Nothing for none.
        private String number(JsonNode value) {
            return value.asLong(0) == 0 ? "" : new Formats(locale).number(value.asLong());
        }

        private List<String> checks() {
            List<String> checks = new ArrayList<>();
            var check = trace.path("citationCheck");
            if (check.path("added").asInt(0) > 0) {
                checks.add(say("check.added", check.path("added").asInt()));
            }
            if (check.path("corrected").asInt(0) > 0) {
                checks.add(say("check.corrected", check.path("corrected").asInt()));
            }
            if (trace.path("unknownCitations").asInt(0) > 0) {
                checks.add(say("check.unknown", trace.path("unknownCitations").asInt()));
            }
            check.path("unsupported")
                    .valueStream()
                    .map(one -> say("check.unsupported", one.path("sentence").asString("")))
                    .forEach(checks::add);
            return checks;
        }

        private List<Fact> millis() {
            return trace.path("millis")
                    .propertyStream()
                    .map(one -> new Fact(one.getKey(), ms(one.getValue())))
                    .toList();
        }

        private InspectionView seen(JsonNode prompt) {
            var passages = trace.path("passages");
            double best = 0;
            boolean refused = true;
            Set<Long> ranked = new LinkedHashSet<>();
            Map<Long, JsonNode> judged = new HashMap<>();
            for (var one : passages) {
                long chunk = one.path("chunk").asLong();
                ranked.add(chunk);
                judged.put(chunk, one);
                best = Math.max(best, one.path("relevance").asDouble());
                refused &= !one.path("kept").asBoolean();
            }
            List<Found> steps = steps();
            Set<Long> rest = new LinkedHashSet<>();
            steps.forEach(step -> rest.addAll(step.ranks().keySet()));
            rest.removeAll(ranked);
            Set<Long> noRoom = chunks(prompt.path("droppedForRoom"));
            boolean nothingEnough = refused;
            int[] rank = {0};
            return new InspectionView(
                    refused,
                    verdict(refused, judged.size() - noRoom.size(), best, judged),
                    trace.path("legs").valueStream().map(this::leg).toList(),
                    "",
                    reranked(),
                    ms(trace.at("/millis/total")),
                    ranked.stream()
                            .map(
                                    id ->
                                            row(
                                                    id,
                                                    Integer.toString(++rank[0]),
                                                    judged.get(id),
                                                    fate(
                                                            judged.get(id),
                                                            nothingEnough,
                                                            noRoom.contains(id)),
                                                    steps))
                            .toList(),
                    rest.stream().map(id -> row(id, "", null, "not-carried", steps)).toList());
        }

        private String verdict(boolean refused, int all, double best, Map<Long, JsonNode> judged) {
            if (judged.isEmpty()) {
                return say("no-search");
            }
            long kept =
                    judged.values().stream().filter(one -> one.path("kept").asBoolean()).count();
            return refused
                    ? words.say(locale, "evaluate.test.refused", decimals(best, 2))
                    : say("answered", Math.min(kept, all), decimals(best, 2));
        }

        private static String fate(@Nullable JsonNode judged, boolean refused, boolean noRoom) {
            if (refused) {
                return "refused";
            }
            if (judged == null || !judged.path("kept").asBoolean()) {
                return "too-weak";
            }
            return noRoom ? "no-room" : "sent";
        }

        /// Where one step found each passage it names.
        private record Found(String label, Map<Long, String> ranks, Map<Long, String> scores) {}

        private List<Found> steps() {
            List<Found> steps = new ArrayList<>();
            for (var leg : trace.path("legs")) {
                int digits = leg.path("leg").asString("").endsWith("keyword") ? 1 : 3;
                steps.add(found(label(leg), leg.path("first"), digits));
            }
            if (trace.has("fused")) {
                steps.add(found(words.say(locale, "evaluate.step.fused"), trace.path("fused"), 3));
            }
            if (trace.has("rerank")) {
                Map<Long, String> scores = new HashMap<>();
                trace.at("/rerank/scores")
                        .propertyStream()
                        .forEach(
                                one ->
                                        scores.put(
                                                Long.parseLong(one.getKey()),
                                                decimals(one.getValue().asDouble(), 3)));
                var label = words.say(locale, "evaluate.step.reranked");
                steps.add(new Found(label, Map.of(), scores));
            }
            return steps;
        }

        private Found found(String label, JsonNode first, int digits) {
            Map<Long, String> ranks = new java.util.LinkedHashMap<>();
            Map<Long, String> scores = new HashMap<>();
            for (var hit : first) {
                long chunk = hit.path("chunk").asLong();
                ranks.put(chunk, Integer.toString(ranks.size() + 1));
                scores.put(chunk, decimals(hit.path("score").asDouble(), digits));
            }
            return new Found(label, ranks, scores);
        }

        private InspectionView.LegView leg(JsonNode leg) {
            var name = leg.path("leg").asString("");
            return new InspectionView.LegView(
                    label(leg),
                    name.endsWith("keyword") ? "" : name.substring(name.lastIndexOf(':') + 1),
                    words.say(locale, "evaluate.test.found", leg.path("found").asLong()),
                    ms(leg.path("ms")),
                    leg.path("missing").asString(""));
        }

        private String label(JsonNode leg) {
            var name = leg.path("leg").asString("");
            var kind = name.endsWith("keyword") ? "words" : "meaning";
            if (name.startsWith("translated:")) {
                return words.say(locale, "evaluate.leg." + kind + ".translated");
            }
            boolean other = kind.equals("meaning") && !leg.path("speaks-question").asBoolean(true);
            return words.say(locale, "evaluate.leg." + kind + (other ? ".other" : ""));
        }

        private String reranked() {
            var rerank = trace.path("rerank");
            if (rerank.isMissingNode()) {
                return "";
            }
            if (rerank.path("reranker").asString("").equals("NONE")) {
                return words.say(locale, "evaluate.test.reranked.none");
            }
            boolean late = rerank.path("over-budget").asBoolean();
            var key =
                    rerank.has("instead-because")
                            ? "evaluate.test.reranked.instead"
                            : late ? "evaluate.test.reranked.late" : "evaluate.test.reranked";
            int scored = rerank.path("scored").asInt();
            return words.say(locale, key, scored, rerank.path("candidates").asInt());
        }

        private InspectionView.Row row(
                long id, String rank, @Nullable JsonNode judged, String fate, List<Found> steps) {
            var source = way.live().get(id);
            var cells =
                    steps.stream()
                            .map(
                                    step ->
                                            new InspectionView.Cell(
                                                    step.label(),
                                                    step.ranks().getOrDefault(id, ""),
                                                    step.scores().getOrDefault(id, "")))
                            .toList();
            var relevance = judged == null ? "" : decimals(judged.path("relevance").asDouble(), 2);
            var said = words.say(locale, "evaluate.fate." + fate);
            return source == null
                    ? gone(id, rank, cells, relevance, fate, said)
                    : InspectionView.row(source, rank, cells, relevance, fate, said, words, locale);
        }

        private InspectionView.Row gone(
                long id,
                String rank,
                List<InspectionView.Cell> cells,
                String relevance,
                String fate,
                String said) {
            var name = words.say(locale, "evaluate.test.gone");
            return new InspectionView.Row(
                    id, rank, "", name, "", "", 0, 0, 0, cells, relevance, fate, said, "", "",
                    false);
        }

        private static Set<Long> chunks(JsonNode ids) {
            Set<Long> chunks = new LinkedHashSet<>();
            ids.valueStream().forEach(id -> chunks.add(id.asLong()));
            return chunks;
        }

        private String ms(JsonNode value) {
            return value.isMissingNode()
                    ? ""
                    : words.say(locale, "evaluate.ms", decimals(value.asDouble(), 0));
        }

        private String decimals(double value, int digits) {
            var format = NumberFormat.getNumberInstance(locale);
            format.setMinimumFractionDigits(digits);
            format.setMaximumFractionDigits(digits);
            return format.format(value);
        }

        private String say(String key, Object... values) {
            return words.say(locale, "way." + key, values);
        }
    }
}
