package io.zhiwen.conversation.training;

import io.zhiwen.conversation.feedback.RatedSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads from a trace what a model was sent. The texts are those of the prompt itself, which may
/// have been more than the passage that was found.
final class SentTrace {

    private static final Pattern PASSAGE =
            Pattern.compile(
                    "<passage n=\"(\\d{1,4})\"[^>\\n]*>\\n(.*?)\\n</passage>", Pattern.DOTALL);

    private SentTrace() {}

    /// @param cited what stands for the passages where no model was asked
    static Sent of(JsonNode trace, String question, List<RatedSource> cited) {
        var prompt = trace.path("prompt");
        return new Sent(
                trace.path("earlierTurns").asInt(0) > 0
                        ? trace.path("searched").asString(question)
                        : question,
                prompt.path("system").asString(""),
                prompt.path("model").asString(""),
                prompt.isMissingNode() ? ofCited(cited) : ofPrompt(trace));
    }

    private static List<Sent.Passage> ofPrompt(JsonNode trace) {
        Map<Long, JsonNode> judged = new HashMap<>();
        for (JsonNode row : trace.path("passages")) {
            judged.put(row.path("chunk").asLong(), row);
        }
        var sent = trace.at("/prompt/sent");
        List<Sent.Passage> passages = new ArrayList<>();
        Matcher shown = PASSAGE.matcher(trace.at("/prompt/user").asString(""));
        while (shown.find()) {
            int number = Integer.parseInt(shown.group(1));
            var row = judged.get(sent.path(number - 1).asLong(-1));
            if (row != null) {
                passages.add(
                        new Sent.Passage(
                                number,
                                UUID.fromString(row.path("document").asString()),
                                row.path("version").isNumber() ? row.path("version").asInt() : null,
                                row.path("name").asString(""),
                                shown.group(2)));
            }
        }
        return passages;
    }

    private static List<Sent.Passage> ofCited(List<RatedSource> cited) {
        return cited.stream()
                .map(
                        source ->
                                new Sent.Passage(
                                        source.number(),
                                        source.document(),
                                        source.version(),
                                        source.name(),
                                        source.text()))
                .toList();
    }
}
