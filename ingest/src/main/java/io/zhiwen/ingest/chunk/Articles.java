package io.zhiwen.ingest.chunk;

import java.util.regex.Pattern;

/// Knows where an article of a law, contract or manual begins: `第十二条`, `Article 12`, `§ 12`,
/// `3.2.1`, `3.2 范围`.
public final class Articles {

    private static final Pattern ARTICLE =
            Pattern.compile(
                    "[#*\\s　]*(第[〇零一二三四五六七八九十百千两\\d]{1,9}条|(?i:article|section)\\s+\\d+|§\\s*\\d+|\\d{1,3}(\\.\\d{1,3}){2,4}[\\s　]+\\p{L}|\\d{1,3}\\.\\d{1,3}[\\s　]+\\p{IsHan})");

    private Articles() {}

    /// Whether an article begins at an offset of the text.
    public static boolean opensAt(String text, int start) {
        return ARTICLE.matcher(text).region(start, Math.min(text.length(), start + 24)).lookingAt();
    }
}
