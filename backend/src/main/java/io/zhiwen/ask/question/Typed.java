package io.zhiwen.ask.question;

import io.zhiwen.ingest.chunk.Language;
import java.util.List;
import java.util.regex.Pattern;

/// What a typed text says about itself.
final class Typed {

    /// Controls but line breaks and tabs, bidi controls, zero-width space and no-break space, tag
    /// characters; joiners stay, for the scripts that need them.
    private static final Pattern INVISIBLE =
            Pattern.compile(
                    "[\\p{Cc}&&[^\\n\\t]]"
                            + "|[\\u00AD\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]"
                            + "|[\\x{E0000}-\\x{E007F}]");

    private static final Pattern CHINESE_GRAMMAR =
            Pattern.compile("[的是吗呢了吧么麼嗎哪谁誰怎几幾]|什么|什麼|如何|为何|為何|多少|是否|可以|请|請");

    private static final Pattern ENGLISH_GRAMMAR =
            Pattern.compile(
                    "(?i)\\b(what|which|who|whose|how|when|where|why|is|are|was|were|do|does|did|"
                            + "can|could|should|will|the|of|in|for|and|to|tell|explain|list)\\b");

    private Typed() {}

    static String clean(String typed) {
        return INVISIBLE.matcher(typed.replace("\r\n", "\n")).replaceAll("").strip();
    }

    /// By its grammar where it mixes scripts: a product's name does not change the language of a
    /// question. Without letters, as the question before.
    static Language language(String typed, List<Turn> history) {
        if (typed.codePoints().noneMatch(Character::isLetter) && !history.isEmpty()) {
            return language(history.getLast().question(), List.of());
        }
        boolean chinese = CHINESE_GRAMMAR.matcher(typed).find();
        boolean english = ENGLISH_GRAMMAR.matcher(typed).find();
        if (chinese == english) {
            return Language.of(typed);
        }
        return chinese ? Language.ZH : Language.EN;
    }
}
