package io.zhiwen.ask.stream;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of a folded text that carry meaning: English stems, numbers, and pairs of Chinese
/// characters.
public final class Terms {

    private static final Pattern WORD =
            Pattern.compile("\\p{IsHan}+|[\\p{L}\\p{N}&&[^\\p{IsHan}]]+");

    /// What a question has for being a question, and words that say little.
    private static final Pattern EMPTY_WORDS =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}&&[^\\p{IsHan}]])(?:who|whom|whose|what|when|where|which|why|how|many|much|is|are|was|were|be|been"
                            + "|do|does|did|has|have|had|can|could|will|would|should|the|a|an|of|in"
                            + "|on|at|to|for|from|by|with|and|or|as|that|this|these|those|it|its|he"
                            + "|she|they|their|his|her|there|s|i|we|you|about|into|during|than"
                            + "|please|tell|me)(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])"
                            + "|什么时候|是什么|为什么|有什么|有哪些|哪一年|哪一个|多少|什么|怎么样|怎么|怎样|如何|哪里|哪儿"
                            + "|哪些|哪个|哪位|哪年|哪国|谁的|是谁|由谁|何时|何地|何处|何人|为何|几个|几年|几月|请问|告诉我"
                            + "|是否|吗|呢|的|了|是|在|有|和|与|于|及|其|该|这|那|被|把|从|到|而|并|也|都|就|谁|哪|几|何|为");

    private Terms() {}

    /// Of a question: what its empty words leave.
    public static Set<String> ofQuestion(String folded) {
        return of(EMPTY_WORDS.matcher(folded).replaceAll(" "));
    }

    /// Which characters of a question are part of its empty words.
    static boolean[] empty(String folded) {
        boolean[] empty = new boolean[folded.length()];
        Matcher words = EMPTY_WORDS.matcher(folded);
        while (words.find()) {
            Arrays.fill(empty, words.start(), words.end(), true);
        }
        return empty;
    }

    public static Set<String> of(String folded) {
        Set<String> terms = new LinkedHashSet<>();
        Matcher words = WORD.matcher(folded);
        while (words.find()) {
            String word = words.group();
            if (Character.UnicodeScript.of(word.codePointAt(0)) != Character.UnicodeScript.HAN) {
                terms.add(stem(word));
            } else if (word.length() == 1) {
                terms.add(word);
            } else {
                for (int i = 0; i + 2 <= word.length(); i++) {
                    terms.add(word.substring(i, i + 2));
                }
            }
        }
        return terms;
    }

    /// Whether `text` has the term; a single Chinese character counts anywhere.
    static boolean has(Set<String> terms, String text, String term) {
        return terms.contains(term) || (term.length() == 1 && text.contains(term));
    }

    /// How alike two texts are, 0 to 1: shared terms over those of the shorter.
    static double overlap(Set<String> a, Set<String> b) {
        int smaller = Math.min(a.size(), b.size());
        if (smaller == 0) {
            return 0;
        }
        Set<String> shared = new HashSet<>(a);
        shared.retainAll(b);
        return (double) shared.size() / smaller;
    }

    public static String stem(String word) {
        int length = word.length();
        if (length > 5 && word.endsWith("ing")) {
            return word.substring(0, length - 3);
        }
        if (length > 4 && word.endsWith("ies")) {
            return word.substring(0, length - 3) + "y";
        }
        if (length > 4 && (word.endsWith("ed") || word.endsWith("es"))) {
            return word.substring(0, length - 2);
        }
        if (length > 4 && word.endsWith("e")) {
            return word.substring(0, length - 1);
        }
        return length > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, length - 1)
                : word;
    }
}
