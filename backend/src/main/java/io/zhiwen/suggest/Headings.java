package io.zhiwen.suggest;

import io.zhiwen.ingest.chunk.Language;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Headings as questions: "Installing the server" becomes "How does installing the server work?",
/// 「报销流程」 becomes 「报销流程是怎样的？」.
final class Headings {

    private static final Pattern NUMBERING =
            Pattern.compile(
                    "^(?:第\\s*[一二三四五六七八九十百零〇\\d]+\\s*[章节節条條部篇款][\\s:：、]*"
                            + "|[（(][一二三四五六七八九十\\d]{1,3}[)）]\\s*"
                            + "|[一二三四五六七八九十]{1,3}[、.．]\\s*"
                            + "|(?i:chapter|section|part|appendix)\\s+[\\dA-Z]{1,4}\\b[.:)\\s]*"
                            + "|[IVXLC]{1,6}[.)]\\s+"
                            + "|\\d{1,3}(?:\\.\\d{1,3})*[.、．)]?\\s*(?=\\D))");
    private static final Pattern NO_TOPIC =
            Pattern.compile(
                    "(?i)(?:table of )?contents|(?:list of )?(?:illustrations|figures|tables)|preface|foreword"
                            + "|index|acknowledge?ments?|copyright.*|references|bibliography|appendi(?:x|ces)|changelog"
                            + "|revision history|version history|license|notes?|about(?: this document)?|the end|finis"
                            + "|目\\s*[录錄]|前言|序|序言|引言|后记|附录|附錄|附件|附则|总则|参考文献|致谢|版权.*|修订记录|变更记录|备注|说明|结语");
    private static final int SHORTEST = 2;
    private static final int LONGEST_HAN = 28;
    private static final int LONGEST_LATIN = 64;

    private Headings() {}

    /// @param document its name, with or without an ending
    /// @param path of headings, the outermost first
    /// @param to whom it is offered: the language the question is in
    /// @return empty where the heading names nothing to ask about
    static Optional<Suggested> question(String document, List<String> path, Language to) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String topic = topic(path.getLast());
        Language own = Language.of(topic);
        if (!isTopic(topic, own)) {
            return Optional.empty();
        }
        if (topic.endsWith("?") || topic.endsWith("？")) {
            return own == to
                    ? Optional.of(new Suggested(topic, Suggested.ASKED))
                    : Optional.of(foreign(topic, to));
        }
        if (own != to) {
            return Optional.of(foreign(topic, to));
        }
        String around =
                path.size() > 1
                        ? topic(path.get(path.size() - 2))
                        : document.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "").strip();
        return Optional.of(
                own == Language.ZH
                        ? ChineseHeading.asked(topic, around)
                        : EnglishHeading.asked(topic, around));
    }

    /// Without its number and the signs around it.
    static String topic(String heading) {
        String bare = heading.replaceAll("[*_`#]+", "").replaceAll("\\s+", " ").strip();
        String topic = NUMBERING.matcher(bare).replaceFirst("");
        return topic.replaceAll("^[\\s:：.、·–—-]+|[\\s:：;；,，。.、·–—-]+$", "");
    }

    private static boolean isTopic(String topic, Language language) {
        int longest = language == Language.ZH ? LONGEST_HAN : LONGEST_LATIN;
        return topic.length() >= SHORTEST
                && topic.length() <= longest
                && topic.codePoints().filter(Character::isLetter).count() >= SHORTEST
                && !topic.contains("://")
                && !topic.contains("@")
                && !NO_TOPIC.matcher(topic).matches();
    }

    private static Suggested foreign(String topic, Language to) {
        String bare = topic.replaceAll("[?？]$", "");
        return new Suggested(
                switch (to) {
                    case ZH -> "文档里关于“" + bare + "”是怎么说的？";
                    case EN -> "What do the documents say about “" + bare + "”?";
                },
                Suggested.NAMED);
    }
}
