package io.zhiwen.pages;

import io.zhiwen.account.Listed;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// Where one is in a long list, and the words it was looked through for.
///
/// @param path of the list
/// @param kept what else the address says
/// @param all the address without words
/// @param range in words; empty where the list is
record PagerView(
        String path,
        Map<String, String> kept,
        String words,
        long total,
        String all,
        String range,
        @Nullable String before,
        @Nullable String after) {

    static final int ROWS = 50;

    /// A list and the words and page that are asked of it.
    ///
    /// @param kept what else the address says; empty values are left out
    record Asked(String path, Map<String, String> kept, String words, int page) {

        Asked {
            kept = new LinkedHashMap<>(kept);
            kept.values().removeIf(String::isEmpty);
            words = words.replace('\0', ' ').strip();
            page = Math.clamp(page, 1, 1_000_000);
        }

        /// The first page of the same words with another address.
        String with(Map<String, String> kept) {
            return new Asked(path, kept, words, 1).at(1);
        }

        private String at(int page) {
            Map<String, String> all = new LinkedHashMap<>(kept);
            if (!words.isEmpty()) {
                all.put("q", words);
            }
            var uri = UriComponentsBuilder.fromPath(path);
            all.keySet().forEach(key -> uri.queryParam(key, "{" + key + "}"));
            if (page > 1) {
                uri.queryParam("page", page);
            }
            return uri.encode().buildAndExpand(all).toUriString();
        }
    }

    static PagerView of(Asked asked, Listed<?> listed, Words said, Locale locale) {
        long first = (asked.page() - 1L) * ROWS + 1;
        long last = first + listed.rows().size() - 1;
        var formats = new Formats(locale);
        return new PagerView(
                asked.path(),
                asked.kept(),
                asked.words(),
                listed.total(),
                new Asked(asked.path(), asked.kept(), "", 1).at(1),
                listed.rows().isEmpty()
                        ? ""
                        : said.say(
                                locale,
                                "library.range",
                                formats.number(first),
                                formats.number(last),
                                formats.number(listed.total())),
                asked.page() > 1 ? asked.at(asked.page() - 1) : null,
                last < listed.total() && !listed.rows().isEmpty()
                        ? asked.at(asked.page() + 1)
                        : null);
    }

    /// Whether there is anything to look through.
    public boolean isLong() {
        return total > 10 || !words.isEmpty();
    }
}
