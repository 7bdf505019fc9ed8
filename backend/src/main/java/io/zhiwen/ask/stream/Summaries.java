package io.zhiwen.ask.stream;

import io.zhiwen.ask.prompt.Past;
import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.ingest.chunk.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Keeps a long chat within the window: when its turns do not fit any more, the model sums up the
/// older ones, once for several questions to come and piece by piece where they are very many.
/// Summaries are kept in memory under a hash of the very words they sum up, so nobody gets one of
/// words they did not have; a summary that was lost is made again. Safe for concurrent use.
public final class Summaries {

    /// Tokens of one summary.
    private static final int LONGEST = 320;

    /// Not tried again before the chat grew by so many turns.
    private static final int PAUSE = 3;

    private static final int KEPT = 2_000;
    private static final String FAILED = "";

    private final int historyTokens;
    private final Duration timeout;
    private final Map<String, String> known =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                            return size() > KEPT;
                        }
                    });

    public Summaries(PromptSettings prompt, LlmSettings settings) {
        this.historyTokens = prompt.historyTokens();
        this.timeout = settings.rewriteTimeout().multipliedBy(3);
    }

    /// The turns as they are when they fit, and the older ones summed up when not, as far as the
    /// model gives summaries.
    ///
    /// @param history oldest first
    public Past past(
            ModelWriter writer, List<Turn> history, Language language, BooleanSupplier stop) {
        int room = Math.min(historyTokens, (writer.contextTokens() - writer.maxTokens()) / 3);
        Past whole = Past.of(history);
        if (room <= 0 || whole.tokens() <= room) {
            return whole;
        }
        List<String> keys = keys(history);
        int from = longestKnown(keys, history.size());
        if (from > 0) {
            Past shorter = summed(keys, history, from, language);
            if (shorter.tokens() <= room) {
                return shorter;
            }
        }
        int to = history.size() - newest(history, room / 2);
        if (to > from && !failedLately(keys, to)) {
            from = made(writer, keys, history, from, to, language, stop);
        }
        return from == 0 ? whole : summed(keys, history, from, language);
    }

    /// Sums up the turns from `from` to `to`, the oldest first.
    ///
    /// @return how many turns are summed up now
    private int made(
            ModelWriter writer,
            List<String> keys,
            List<Turn> history,
            int from,
            int to,
            Language language,
            BooleanSupplier stop) {
        long until = System.nanoTime() + timeout.toNanos();
        BooleanSupplier end = () -> stop.getAsBoolean() || System.nanoTime() - until >= 0;
        int most = Math.max(writer.contextTokens() / 2, LONGEST);
        int done = from;
        while (done < to) {
            String before = done == 0 ? "" : known.getOrDefault(keys.get(done - 1), "");
            List<Turn> left = history.subList(done, to);
            List<Turn> turns = left.subList(0, Prompts.summable(left, most));
            var prompt = Prompts.summary(before, turns, most, language);
            String summary = writer.brief(prompt, LONGEST, end);
            if (summary == null || summary.isBlank()) {
                known.put(keys.get(to - 1), FAILED);
                return done;
            }
            done += turns.size();
            known.put(keys.get(done - 1), summary.strip());
        }
        return done;
    }

    private Past summed(List<String> keys, List<Turn> history, int turns, Language language) {
        String summary = known.getOrDefault(keys.get(turns - 1), "");
        return Past.summed(summary, turns, history.subList(turns, history.size()), language);
    }

    /// How many turns the longest summary stands for.
    private int longestKnown(List<String> keys, int most) {
        for (int turns = most; turns > 0; turns--) {
            if (!known.getOrDefault(keys.get(turns - 1), FAILED).equals(FAILED)) {
                return turns;
            }
        }
        return 0;
    }

    private boolean failedLately(List<String> keys, int turns) {
        return keys.subList(Math.max(0, turns - PAUSE), turns).stream()
                .anyMatch(key -> FAILED.equals(known.get(key)));
    }

    /// How many of the newest turns fit.
    private static int newest(List<Turn> history, int tokens) {
        int fit = 0;
        while (fit < history.size()
                && Past.of(history.subList(history.size() - fit - 1, history.size())).tokens()
                        <= tokens) {
            fit++;
        }
        return fit;
    }

    /// Of the first turn, of the first two, and so on.
    private static List<String> keys(List<Turn> history) {
        List<String> keys = new ArrayList<>();
        MessageDigest digest = sha256();
        for (Turn turn : history) {
            digest.update(turn.question().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0xFF);
            digest.update(turn.answer().getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest();
            keys.add(HexFormat.of().formatHex(hash));
            digest.update(hash);
        }
        return keys;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
