package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds personal numbers and secrets: Chinese ID cards by their check digit (GB 11643-1999), bank
/// cards by Luhn's, telephone numbers, e-mail addresses, keys and passwords.
public final class Sensitive {

    /// What is looked for; earlier ones win where two stand in one place.
    private enum What {
        SECRETS(
                Finding.Kind.SECRETS,
                "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=\\s]{0,8000}"
                        + "|\\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9_-]{20,100})\\b"
                        + "|(?i:password|passwd|api[_-]?key|secret[_-]?key|密码|口令)"
                        + "\\s{0,3}[:=：]\\s{0,3}(?=\\S{0,40}[0-9])[\\x21-\\x7e]{6,60}"),
        ID_CARDS(
                Finding.Kind.ID_CARDS,
                "(?<![0-9A-Za-z])[1-9]\\d{5}(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])"
                        + "\\d{3}[0-9Xx](?![0-9A-Za-z])"),
        BANK_CARDS(
                Finding.Kind.BANK_CARDS,
                "(?<![0-9A-Za-z.])(?:62|4\\d|5[1-5]|2[2-7]|3[47])(?:[ -]?\\d){13,17}(?![0-9A-Za-z])"),
        PHONE_NUMBERS(
                Finding.Kind.PHONE_NUMBERS,
                "(?<![0-9A-Za-z.])(?:\\+?86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}(?![0-9A-Za-z])"
                        + "|(?<![0-9A-Za-z.])(?:0\\d{2,3}-|\\(0\\d{2,3}\\) ?)\\d{7,8}(?![0-9A-Za-z])"
                        + "|(?<![0-9A-Za-z])\\+[1-9]\\d{0,2}(?:[ -]\\d{2,4}){2,4}(?![0-9A-Za-z])"),
        EMAIL_ADDRESSES(
                Finding.Kind.EMAIL_ADDRESSES,
                "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,6}[A-Za-z]{2,18}");

        private final Finding.Kind kind;
        private final Pattern pattern;

        What(Finding.Kind kind, String pattern) {
            this.kind = kind;
            this.pattern = Pattern.compile(pattern);
        }

        /// Whether the check digit is right, where there is one.
        boolean holds(String found) {
            return switch (this) {
                case ID_CARDS -> isIdCard(found);
                case BANK_CARDS -> isBankCard(found);
                case SECRETS, PHONE_NUMBERS, EMAIL_ADDRESSES -> true;
            };
        }
    }

    /// What a masked number keeps at either end at most.
    private static final int KEPT = 3;

    private Sensitive() {}

    /// How many of each kind.
    static List<Finding> findings(List<Block> blocks) {
        Map<What, Integer> counts = new EnumMap<>(What.class);
        blocks.forEach(block -> masked(block.text(), counts));
        List<Finding> findings = new ArrayList<>();
        counts.forEach((what, count) -> findings.add(Finding.ofDocument(what.kind, count)));
        return findings;
    }

    /// The block with each of them made illegible; no text changes its length.
    static Block masked(Block block) {
        Map<What, Integer> counts = new EnumMap<>(What.class);
        if (block.kind() == Block.Kind.TABLE) {
            List<List<String>> rows =
                    block.rows().stream()
                            .map(row -> row.stream().map(cell -> masked(cell, counts)).toList())
                            .toList();
            return Block.table(rows, block.headerRows(), block.page(), block.sheet());
        }
        return new Block(
                block.kind(),
                block.level(),
                masked(block.text(), counts),
                block.page(),
                block.sheet(),
                block.rows(),
                block.headerRows());
    }

    /// The text with each of them replaced by what is said for its kind.
    public static String replaced(String text, Function<Finding.Kind, String> by) {
        String replaced = text;
        for (What what : What.values()) {
            replaced =
                    what.pattern
                            .matcher(replaced)
                            .replaceAll(
                                    found ->
                                            Matcher.quoteReplacement(
                                                    what.holds(found.group())
                                                            ? by.apply(what.kind)
                                                            : found.group()));
        }
        return replaced;
    }

    /// Where the first number or secret of this kind stands.
    static Optional<Span> first(String text, Finding.Kind kind) {
        for (What what : What.values()) {
            Matcher matcher = what.pattern.matcher(text);
            while (what.kind == kind && matcher.find()) {
                if (what.holds(matcher.group())) {
                    return Optional.of(new Span(matcher.start(), matcher.end()));
                }
            }
        }
        return Optional.empty();
    }

    private static String masked(String text, Map<What, Integer> counts) {
        StringBuilder masked = null;
        String seen = text;
        for (What what : What.values()) {
            Matcher matcher = what.pattern.matcher(seen);
            while (matcher.find()) {
                if (what.holds(matcher.group())) {
                    counts.merge(what, 1, Integer::sum);
                    masked = masked == null ? new StringBuilder(text) : masked;
                    mask(masked, matcher.start(), matcher.end(), what);
                }
            }
            seen = masked == null ? text : masked.toString();
        }
        return seen;
    }

    private static void mask(StringBuilder text, int start, int end, What what) {
        int kept = what == What.SECRETS ? 0 : Math.min(KEPT, (end - start) / 4);
        for (int i = start + kept; i < end - kept; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                text.setCharAt(i, '*');
            }
        }
    }

    private static boolean isIdCard(String number) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (number.charAt(i) - '0') * weights[i];
        }
        return "10X98765432".charAt(sum % 11) == Character.toUpperCase(number.charAt(17));
    }

    private static boolean isBankCard(String number) {
        String digits = number.replaceAll("[ -]", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = i % 2 == 0 ? digit : digit * 2;
            sum += twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }
}
