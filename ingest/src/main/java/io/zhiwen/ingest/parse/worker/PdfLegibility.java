package io.zhiwen.ingest.parse.worker;

import java.util.List;

/// Tells text from what only looks like it: fonts without a character table, and letters that a
/// wrong table makes.
final class PdfLegibility {

    /// Fewer characters say nothing.
    private static final int FEWEST = 20;

    private PdfLegibility() {}

    /// @param meaningless characters that were shown and stand for nothing
    static boolean isGarbage(List<List<PdfRun>> runs, int meaningless) {
        int all = meaningless;
        int odd = meaningless;
        int accented = 0;
        for (List<PdfRun> direction : runs) {
            for (PdfRun run : direction) {
                String text = run.text();
                for (int i = 0; i < text.length(); i++) {
                    char c = text.charAt(i);
                    all += c == ' ' ? 0 : 1;
                    odd += stands(c) ? 0 : 1;
                    accented += c >= 0x80 && c <= 0xFF ? 1 : 0;
                }
            }
        }
        return all >= FEWEST && (odd * 10 > all * 3 || accented * 2 > all);
    }

    private static boolean stands(char c) {
        int type = Character.getType(c);
        return type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED
                && (type != Character.CONTROL)
                && c != 0xFFFD;
    }
}
