package io.zhiwen.conversation.feedback;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of a text what names a person or opens a door: e-mail addresses, identity cards, bank
/// cards, telephone numbers and keys. It knows them by their form, so it finds most, not all.
final class Masking {

    private static final Pattern EMAIL =
            Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}");
    private static final Pattern KEY =
            Pattern.compile(
                    "(?<![\\w-])(?:(?:sk|pk|rk|zw|ghp|gho|xox[abp]|AKIA)[-_]?[A-Za-z0-9_-]{16,}"
                            + "|[A-Fa-f0-9]{32,}|eyJ[\\w-]{10,}\\.[\\w-]+\\.[\\w-]+)(?![\\w-])");
    private static final Pattern IDENTITY =
            Pattern.compile(
                    "(?<!\\d)[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])"
                            + "(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx](?!\\d)");
    private static final Pattern CARD = Pattern.compile("(?<!\\d)\\d(?:[ -]?\\d){12,18}(?!\\d)");
    private static final Pattern PHONE =
            Pattern.compile(
                    "(?<![\\d+])(?:(?:\\+?86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}"
                            + "|\\+\\d{1,3}(?:[ -]?\\(?\\d{2,4}\\)?){2,5}"
                            + "|0\\d{2,3}-\\d{7,8})(?!\\d)");

    private Masking() {}

    static String of(String text) {
        String masked = EMAIL.matcher(text).replaceAll("<EMAIL>");
        masked = KEY.matcher(masked).replaceAll("<KEY>");
        masked = IDENTITY.matcher(masked).replaceAll("<ID>");
        masked =
                CARD.matcher(masked)
                        .replaceAll(
                                card ->
                                        isCard(card.group())
                                                ? "<CARD>"
                                                : Matcher.quoteReplacement(card.group()));
        return PHONE.matcher(masked).replaceAll("<PHONE>");
    }

    /// The check digit of ISO/IEC 7812.
    private static boolean isCard(String written) {
        String digits = written.replaceAll("\\D", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = digit * 2;
            sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }
}
