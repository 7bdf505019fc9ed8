package io.zhiwen.ingest.index.lucene;

import java.util.Set;

/// Words a question is asked with rather than about. Left out of a question's terms unless nothing
/// else remains; documents keep them.
final class StopWords {

    private static final String ENGLISH =
            "a about an and are as at be been but by can could did do does for from had has have he"
                    + " her his how i if in into is it its many me much my of on or our shall she"
                    + " should so such than that the their them then there these they this to was"
                    + " we were what when where which who whom whose why will with would you your";

    private static final String CHINESE =
            "的 了 吗 呢 吧 啊 是 在 有 和 与 及 或 而 也 都 就 被 把 对 从 由 为 以 于 之 其 这 那 个 哪 几 谁 请 我 你 他 她 它 何"
                    + " 什么 哪些 哪个 哪里 哪儿 怎么 怎样 如何 为什么 为何 多少 请问 我们 你们 他们 是否 一个 何时";

    private static final String CHINESE_CHARACTERS =
            "的了吗呢吧啊是在有和与及或而也都就被把对从由为以于之其这那个什么哪些谁怎样如何请问我你他她它们否";

    private final Set<String> words;
    private final Set<String> stems;

    StopWords(Analysis analysis) {
        words = Set.copyOf(analysis.terms(Fields.BODY_ICU, ENGLISH + " " + CHINESE));
        stems = Set.copyOf(analysis.terms(Fields.BODY_EN, ENGLISH));
    }

    /// @param term as the field's analysis gives it
    boolean contains(String field, String term) {
        return switch (field) {
            case Fields.BODY_BI, Fields.HEAD_BI ->
                    term.chars().allMatch(c -> CHINESE_CHARACTERS.indexOf(c) >= 0);
            case Fields.BODY_EN, Fields.HEAD_EN -> stems.contains(term);
            default -> words.contains(term);
        };
    }
}
