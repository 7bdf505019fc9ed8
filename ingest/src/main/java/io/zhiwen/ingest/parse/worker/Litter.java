package io.zhiwen.ingest.parse.worker;

import java.util.List;
import java.util.Locale;

/// What systems and programs put beside a person's files in an archive.
final class Litter {

    private static final List<String> NAMES =
            List.of(".ds_store", "thumbs.db", "desktop.ini", "__macosx");

    private Litter() {}

    static boolean is(String name) {
        for (String step : name.toLowerCase(Locale.ROOT).split("[/\\\\]", -1)) {
            if (NAMES.contains(step) || step.startsWith("._") || step.startsWith("~$")) {
                return true;
            }
        }
        return false;
    }
}
