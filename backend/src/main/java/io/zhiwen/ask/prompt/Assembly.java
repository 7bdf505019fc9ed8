package io.zhiwen.ask.prompt;

import io.zhiwen.ask.question.Turn;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.upload.DocumentId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What goes into one prompt, laid out as often as it takes to fit.
///
/// @param rules the beginning, which never changes
/// @param past what was said before
/// @param passages best first; the last are dropped when not all fit, the first never
/// @param dates of their documents, where known
/// @param asked the end
/// @param room tokens for all of it
record Assembly(
        PromptSettings settings,
        Texts texts,
        String rules,
        Past past,
        List<Passage> passages,
        Map<DocumentId, LocalDate> dates,
        String asked,
        int room) {

    Assembled at(Yardstick yardstick) {
        int left = room - 2 * Tokens.PER_MESSAGE - yardstick.of(rules) - yardstick.of(asked);
        Shown before = before(Math.min(settings.historyTokens(), left / 3), yardstick);
        left -= tokens(before.turns(), yardstick);
        int passageTokens = Math.min(settings.passageTokens(), left);
        List<Passage> sent = fitting(passageTokens, yardstick);
        int grows = passageTokens - sent.stream().mapToInt(one -> cost(one, yardstick)).sum();
        List<String> grown =
                new Growth(texts, settings.sectionTokens(), yardstick).grow(sent, grows);
        var prompt =
                new Prompt(
                        rules,
                        before.turns(),
                        shown(sent, grown, passageTokens, yardstick) + asked);
        return new Assembled(
                prompt,
                sent,
                grown,
                dates,
                passages.subList(sent.size(), passages.size()),
                before.summarised(),
                before.dropped(),
                yardstick.of(prompt),
                false);
    }

    /// What was said before, as far as there is room: the summary first, then the newest turns.
    private Shown before(int tokens, Yardstick yardstick) {
        int summary = tokens(past.summary(), yardstick);
        boolean isSummed = !past.summary().isEmpty() && summary <= tokens;
        List<Turn> recent = recent(past.turns(), isSummed ? tokens - summary : tokens, yardstick);
        List<Turn> turns = new ArrayList<>(isSummed ? past.summary() : List.of());
        turns.addAll(recent);
        int summarised = isSummed ? past.summarised() : 0;
        int all = past.summarised() + past.turns().size();
        return new Shown(turns, summarised, all - summarised - recent.size());
    }

    /// @param summarised how many turns the first of them stands for
    /// @param dropped how many turns are in none of them
    private record Shown(List<Turn> turns, int summarised, int dropped) {}

    private static int tokens(List<Turn> turns, Yardstick yardstick) {
        return turns.stream().mapToInt(yardstick::of).sum();
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

    private int cost(Passage passage, Yardstick yardstick) {
        return yardstick.of(passage.source().chunk().text())
                + yardstick.of(opening(0, passage))
                + Tokens.PER_MESSAGE;
    }

    private String shown(List<Passage> sent, List<String> grown, int tokens, Yardstick yardstick) {
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

    private String opening(int number, Passage passage) {
        Chunk chunk = passage.source().chunk();
        StringBuilder tag = new StringBuilder("<passage n=\"").append(number);
        tag.append("\" document=\"").append(Neutral.attribute(passage.source().documentName()));
        LocalDate date = dates.get(passage.source().document());
        if (date != null) {
            tag.append("\" date=\"").append(date);
        }
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
