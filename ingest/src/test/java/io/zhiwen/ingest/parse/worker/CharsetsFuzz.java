package io.zhiwen.ingest.parse.worker;

import io.zhiwen.fuzz.FuzzData;
import java.nio.charset.StandardCharsets;

/// Bytes are a text or none, whatever charset they claim; what is UTF-8 without doubt stays what it
/// is.
public final class CharsetsFuzz {

    private static final String[] CLAIMED = {
        "",
        "utf-8",
        "gb2312",
        "big5",
        "Shift_JIS",
        "utf-16",
        "iso-2022-kr",
        "x-JISAutoDetect",
        "utf-7"
    };

    private CharsetsFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        var data = new FuzzData(bytes);
        int choice = data.choice(CLAIMED.length + 1);
        String claimed = choice < CLAIMED.length ? CLAIMED[choice] : data.text();
        byte[] content = data.rest();
        String text = Charsets.decode(content, claimed);
        if (text == null) {
            return;
        }
        double plausible = Charsets.plausible(text);
        if (plausible < 0 || plausible > 1) {
            throw new AssertionError("plausible " + plausible);
        }
        String utf8 = Charsets.strict(content, StandardCharsets.UTF_8);
        boolean plain =
                utf8 != null && utf8.chars().noneMatch(c -> c == 0 || c == 0x1B || c == 0xFEFF);
        if (plain && !text.equals(utf8)) {
            throw new AssertionError("UTF-8 became something else: " + text);
        }
    }
}
