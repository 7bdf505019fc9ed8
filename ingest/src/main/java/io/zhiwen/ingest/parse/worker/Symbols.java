package io.zhiwen.ingest.parse.worker;

import java.util.Map;

/// The marks of symbol fonts (Symbol, Wingdings), which programs write as letters of private use.
final class Symbols {

    private static final Map<Integer, String> PLAIN =
            Map.ofEntries(
                    Map.entry(0xF0B7, "•"),
                    Map.entry(0xF06C, "●"),
                    Map.entry(0xF06E, "■"),
                    Map.entry(0xF075, "◆"),
                    Map.entry(0xF0A7, "▪"),
                    Map.entry(0xF0A8, "□"),
                    Map.entry(0xF0D8, "➢"),
                    Map.entry(0xF0E0, "→"),
                    Map.entry(0xF0FC, "✓"),
                    Map.entry(0xF0FE, "☑"));

    private Symbols() {}

    /// The mark that a reader sees, or the text as it is.
    static String plain(String text) {
        return text.length() == 1 ? PLAIN.getOrDefault((int) text.charAt(0), text) : text;
    }
}
