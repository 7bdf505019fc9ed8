package io.zhiwen.ask.translate;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a Chinese question as English words. Words are cut so that there are as few of them as
/// possible, of equal cuts the one with the longest word.
final class ChineseReader {

    private static final int LONGEST = 10;

    private static final Pattern RUN =
            Pattern.compile("(?<month>1[0-2]|[1-9])月份?|\\p{IsHan}+|[^\\p{IsHan}]+");

    /// What asks, the longest first, and how English asks it.
    private static final Map<String, String> ASKING = new LinkedHashMap<>();

    private static final Set<String> EMPTY =
            Arrays.stream(
                            ("的 了 吗 呢 吧 啊 着 过 得 地 之 也 都 就 还 又 是 在 有 和 与 及 或 而 被 把 对 从 由 为 以 于 这 那 其 该 此"
                                            + " 个 种 位 名 次 些 能 会 可 可以 请 请问 我 你 您 我们 你们 他 她 它 他们 她们 它们 是否 一个 一种 这个 那个"
                                            + " 这些 那些 这种 所 则 但 但是 并 并且 因为 所以 如果 虽然 以及 通过 根据 关于 对于 到 向 给 让 使 用 来 去 里"
                                            + " 中 上 下 内 外 时 后 前 年 月 日 号 叫 做 说 有关 告诉 介绍 什么样 怎么样 哪里人")
                                    .split(" ", -1))
                    .collect(Collectors.toUnmodifiableSet());

    static {
        ask("什么时候|何时|哪一天|哪天", "when");
        ask("哪一年|哪年|何年|哪个年份|哪一个年份", "what year");
        ask("为什么|为何|为啥|何故", "why");
        ask("多长时间|多久|多长", "how long");
        ask("多少钱", "how much");
        ask("多大", "how large");
        ask("多远", "how far");
        ask("多高", "how high");
        ask("多少|几个|几", "how many");
        ask("哪里|哪儿|何处|何地|什么地方|哪个地方", "where");
        ask("怎么|怎样|如何|怎么样", "how");
        ask("哪个人|哪位|谁|何人", "who");
        ask("哪些|哪一个|哪个|哪一种|哪种|哪一|哪", "which");
        ask("什么|何种|何", "what");
    }

    private final Dictionary dictionary;

    ChineseReader(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    private static void ask(String chinese, String english) {
        for (String word : chinese.split("\\|", -1)) {
            ASKING.put(word, english);
        }
    }

    Translation read(String question) {
        String text = SearchText.words(question);
        Set<String> asking = new TreeSet<>();
        List<Rendering.Word> words = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        Matcher runs = RUN.matcher(text);
        while (runs.find()) {
            String run = runs.group();
            if (runs.group("month") != null) {
                int month = Integer.parseInt(runs.group("month"));
                words.add(new Rendering.Word(run, List.of(month(month))));
            } else if (Character.isIdeographic(run.codePointAt(0))) {
                for (String word : cut(run)) {
                    String asked = ASKING.get(word);
                    if (asked != null) {
                        asking.add(asked);
                    } else if (!EMPTY.contains(word)) {
                        List<String> ways = dictionary.translations(word);
                        if (!ways.isEmpty()) {
                            words.add(new Rendering.Word(word, ways));
                        }
                    }
                }
            } else if (run.chars().anyMatch(Character::isLetterOrDigit)) {
                kept.add(run.strip());
                words.add(new Rendering.Word(run.strip(), List.of(run.strip())));
            }
        }
        return new Translation(
                Language.EN,
                String.join(" ", asking),
                new Rendering(String.join(" ", kept), words));
    }

    private static String month(int month) {
        return java.time.Month.of(month)
                .getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ENGLISH);
    }

    /// Of a run of Chinese characters.
    List<String> cut(String run) {
        int[] costs = new int[run.length() + 1];
        int[] lengths = new int[run.length() + 1];
        Arrays.fill(costs, Integer.MAX_VALUE);
        costs[0] = 0;
        for (int from = 0; from < run.length(); from++) {
            for (int length = 1; length <= Math.min(LONGEST, run.length() - from); length++) {
                int cost = costs[from] + cost(run.substring(from, from + length));
                if (cost < costs[from + length]) {
                    costs[from + length] = cost;
                    lengths[from + length] = length;
                }
            }
        }
        List<String> words = new ArrayList<>();
        for (int end = run.length(); end > 0; end -= lengths[end]) {
            words.addFirst(run.substring(end - lengths[end], end));
        }
        return words;
    }

    private int cost(String word) {
        if (ASKING.containsKey(word) || EMPTY.contains(word)) {
            return 1000 - word.length() * word.length();
        }
        if (!dictionary.translations(word).isEmpty()) {
            return (word.length() == 1 ? 1200 : 1000) - word.length() * word.length();
        }
        return word.length() == 1 ? 2000 : 1_000_000;
    }
}
