package io.zhiwen.ask.prompt;

/// Estimates how many tokens a chat model makes of a text, rather too many than too few: the real
/// tokenizer is the server's.
public final class Tokens {

    /// What a chat template adds to a message.
    static final int PER_MESSAGE = 8;

    private static final int LETTERS_PER_TOKEN = 3;

    private Tokens() {}

    /// A Han character, a digit or a sign is one token, three Latin letters are one, anything rarer
    /// is two.
    public static int estimate(String text) {
        int tokens = 0;
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x250 && Character.isLetter(c)) {
                letters++;
                continue;
            }
            tokens += words(letters);
            letters = 0;
            if (c == ' ') {
                continue;
            }
            tokens += c < 0x250 || isCommon(c) ? 1 : 2;
        }
        return tokens + words(letters);
    }

    private static int words(int letters) {
        return (letters + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN;
    }

    private static boolean isCommon(char c) {
        return (c >= 0x3000 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF) || c >= 0xFF00;
    }
}
