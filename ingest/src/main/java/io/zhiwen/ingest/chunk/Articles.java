package io.zhiwen.ingest.chunk;

import java.util.regex.Pattern;

/// Knows where an article of a law or contract begins: `第十二条`, `Article 12`, `§ 12`.
final class Articles {

    private static final Pattern ARTICLE =
            Pattern.compile(
                    "[#*\\s　]*(第[〇零一二三四五六七八九十百千两\\d]{1,9}条|(?i:article|section)\\s+\\d+|§\\s*\\d+)");

    private Articles() {}

    static boolean opensAt(String text, int start) {
        return ARTICLE.matcher(text).region(start, Math.min(text.length(), start + 24)).lookingAt();
    }
}
