package io.zhiwen.ask.question;

import java.util.regex.Pattern;

/// Tells a follow-up that leans on what was said before from a question that stands alone. Meant to
/// err towards standing alone: a wrong rewrite loses a good question.
final class Elliptic {

    private static final Pattern CHINESE_REFERENCE =
            Pattern.compile(
                    "[它他她]|这个|這個|那个|那個|这些|這些|那些|这种|這種|那种|那種|此|上述|上面|前者|后者|後者|"
                            + "刚才|剛才|该(?!怎|如|不)|該(?!怎|如|不)|其(?![他它实實])");
    private static final Pattern CHINESE_OPENING =
            Pattern.compile("^(那么?|那麼?|还有|還有|另外|然后|然後|为什么|為什麼|为何|為何|继续|繼續|举例|舉例|具体|具體|再)");
    private static final Pattern CHINESE_END = Pattern.compile("呢[？?。]?$");
    private static final int SHORT_CHINESE = 6;

    private static final Pattern ENGLISH_REFERENCE =
            Pattern.compile(
                    "(?i)\\b(it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|"
                            + "those|the former|the latter|the same|the above)\\b");
    private static final Pattern ENGLISH_OPENING =
            Pattern.compile(
                    "(?i)^(and|but|so|then|also|what about|how about|what if|why|how so|go on|"
                            + "continue|more|for example)\\b");
    private static final int SHORT_ENGLISH = 3;

    private Elliptic() {}

    static boolean is(String text) {
        boolean chinese =
                text.codePoints()
                        .anyMatch(
                                c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return chinese ? isChinese(text) : isEnglish(text);
    }

    private static boolean isChinese(String text) {
        long letters = text.codePoints().filter(Character::isLetterOrDigit).count();
        return letters <= SHORT_CHINESE
                || CHINESE_REFERENCE.matcher(text).find()
                || CHINESE_END.matcher(text).find()
                || (CHINESE_OPENING.matcher(text).find() && letters <= 3 * SHORT_CHINESE);
    }

    private static boolean isEnglish(String text) {
        int words = text.split("\\s+").length;
        return words <= SHORT_ENGLISH
                || (ENGLISH_REFERENCE.matcher(text).find() && words <= 5 * SHORT_ENGLISH)
                || (ENGLISH_OPENING.matcher(text).find() && words <= 3 * SHORT_ENGLISH);
    }
}
