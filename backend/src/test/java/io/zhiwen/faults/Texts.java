package io.zhiwen.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Documents that tell themselves apart: each paragraph has a word of its own.
final class Texts {

    private static final String CHINESE = "设备每运行五百小时应当更换滤芯，更换前先切断电源并等待十分钟。".repeat(6);
    private static final String ENGLISH =
            "The filter is replaced after every five hundred hours of service. ".repeat(12);

    private Texts() {}

    static byte[] document(String name, int paragraphs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < paragraphs; i++) {
            text.append(word(name, i)).append(' ').append(i % 2 == 0 ? CHINESE : ENGLISH);
            text.append("\n\n");
        }
        return text.toString().getBytes(UTF_8);
    }

    /// What only this paragraph of this document has.
    static String word(String name, int paragraph) {
        return "K" + name.replaceAll("[^0-9a-z]", "X") + "P" + paragraph + "Z";
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
