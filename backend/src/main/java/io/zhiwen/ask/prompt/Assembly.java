package io.zhiwen.ask.prompt;

import io.zhiwen.ask.question.Turn;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Chunk;
import java.util.ArrayList;
import java.util.List;

/// What goes into one prompt, laid out as often as it takes to fit.
///
/// @param rules the beginning, which never changes
/// @param past what was said before
/// @param passages best first; the last are dropped when not all fit, the first never
/// @param asked the end
/// @param room tokens for all of it
record Assembly(
        PromptSettings settings,
        Texts texts,
        String rules,
        Past past,
        List<Passage> passages,
        String asked,
        int room) {

    Assembled at(Yardstick yardstick) {
        int left = room - 2 * Tokens.PER_MESSAGE - yardstick.of(rules) - yardstick.of(asked);
        List<Turn> before = past.all();
        List<Turn> turns = recent(before, Math.min(settings.historyTokens(), left / 3), yardstick);
        for (Turn turn : turns) {
            left -= yardstick.of(turn);
        }
        int passageTokens = Math.min(settings.passageTokens(), left);
        List<Passage> sent = fitting(passageTokens, yardstick);
        int grows = passageTokens - sent.stream().mapToInt(one -> cost(one, yardstick)).sum();
        List<String> grown =
                new Growth(texts, settings.sectionTokens(), yardstick).grow(sent, grows);
        var prompt = new Prompt(rules, turns, shown(sent, grown, passageTokens, yardstick) + asked);
        return new Assembled(
                prompt,
                sent,
                grown,
                passages.subList(sent.size(), passages.size()),
                past.summarised(),
                before.size() - turns.size(),
                yardstick.of(prompt),
                false);
    }

    /// The newest turns that fit, in their order.
    private static List<Turn> recent(List<Turn> history, int tokens, Yardstick yardstick) {
        List<Turn> turns = new ArrayList<>();
        int left = tokens;
        for (Turn turn : history.reversed()) {
            left -= yardstick.of(turn);
            if (left < 0) {
                break;
            }
            turns.addFirst(turn);
        }
        return turns;
    }

    private List<Passage> fitting(int tokens, Yardstick yardstick) {
        int left = tokens;
        int fit = 0;
        for (Passage passage : passages) {
            left -= cost(passage, yardstick);
            if (left < 0) {
                break;
            }
            fit++;
        }
        return passages.subList(0, Math.max(fit, Math.min(1, passages.size())));
    }

    private static int cost(Passage passage, Yardstick yardstick) {
        return yardstick.of(passage.source().chunk().text())
                + yardstick.of(opening(0, passage))
                + Tokens.PER_MESSAGE;
    }

    private static String shown(
            List<Passage> sent, List<String> grown, int tokens, Yardstick yardstick) {
        StringBuilder text = new StringBuilder("<passages>\n");
        for (int i = 0; i < sent.size(); i++) {
            String body = Neutral.passage(grown.get(i));
            // only a first passage larger than the whole budget is cut
            text.append(opening(i + 1, sent.get(i)))
                    .append(
                            sent.size() == 1
                                    ? Growth.cut(body, Math.max(tokens, 100), yardstick)
                                    : body)
                    .append("\n</passage>\n");
        }
        return text.append("</passages>\n").toString();
    }

    private static String opening(int number, Passage passage) {
        Chunk chunk = passage.source().chunk();
        StringBuilder tag = new StringBuilder("<passage n=\"").append(number);
        tag.append("\" document=\"").append(Neutral.attribute(passage.source().documentName()));
        if (chunk.page() != null) {
            tag.append("\" page=\"").append(chunk.page());
        }
        if (chunk.sheet() != null) {
            tag.append("\" sheet=\"").append(Neutral.attribute(chunk.sheet()));
        }
        if (!chunk.headingPath().isEmpty()) {
            tag.append("\" section=\"")
                    .append(Neutral.attribute(String.join(" / ", chunk.headingPath())));
        }
        return tag.append("\">\n").toString();
    }
}
