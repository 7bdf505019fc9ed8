package io.zhiwen.ask.translate;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads an English question as Chinese words: the longest phrases the dictionary has, each word in
/// the form it has there.
final class EnglishReader {

    private static final int LONGEST = 4;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’.-]*");

    private static final Map<String, String> ASKING = new LinkedHashMap<>();

    private static final Set<String> EMPTY =
            Arrays.stream(
                            ("a an and are as at be been being but by can could did do does for from had has"
                                            + " have he her his i if in into is it its may might me my of on or our shall"
                                            + " she should so such than that the their them then there these they this"
                                            + " those to was we were will with would you your please tell about any some"
                                            + " much many get got am not no also")
                                    .split(" ", -1))
                    .collect(Collectors.toUnmodifiableSet());

    static {
        ASKING.put("who", "谁");
        ASKING.put("whom", "谁");
        ASKING.put("whose", "谁的");
        ASKING.put("when", "什么时候");
        ASKING.put("where", "哪里");
        ASKING.put("why", "为什么");
        ASKING.put("which", "哪个");
        ASKING.put("what", "什么");
        ASKING.put("how", "如何");
        ASKING.put("how many", "多少");
        ASKING.put("how much", "多少");
        ASKING.put("how long", "多长时间");
        ASKING.put("what year", "哪一年");
    }

    private final Dictionary dictionary;

    EnglishReader(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    Translation read(String question) {
        List<String> all = new ArrayList<>();
        Matcher matcher = WORD.matcher(question);
        while (matcher.find()) {
            all.add(matcher.group().replaceAll("['’]s?$", "").replaceAll("[.-]+$", ""));
        }
        Set<String> asking = new LinkedHashSet<>();
        List<String> kept = new ArrayList<>();
        List<Rendering.Word> words = new ArrayList<>();
        for (int at = 0; at < all.size(); ) {
            at += next(all, at, asking, kept, words);
        }
        return new Translation(
                Language.ZH, String.join("", asking), new Rendering(String.join(" ", kept), words));
    }

    /// How many words it took.
    private int next(
            List<String> all,
            int at,
            Set<String> asking,
            List<String> kept,
            List<Rendering.Word> words) {
        for (int length = Math.min(LONGEST, all.size() - at); length > 0; length--) {
            String phrase = SearchText.words(String.join(" ", all.subList(at, at + length)));
            String asked = ASKING.get(phrase);
            if (asked != null) {
                asking.add(asked);
                return length;
            }
            if (length == 1 && EMPTY.contains(phrase)) {
                return 1;
            }
            List<String> ways = ways(phrase);
            if (!ways.isEmpty()) {
                words.add(new Rendering.Word(phrase, ways));
                return length;
            }
        }
        kept.add(all.get(at));
        return 1;
    }

    /// Of every form: "companies" has an entry of its own that hardly anybody means.
    private List<String> ways(String phrase) {
        return forms(phrase).stream()
                .flatMap(form -> dictionary.translations(form).stream())
                .distinct()
                .toList();
    }

    /// As it is, and what it may be a form of: the last word is bent.
    static List<String> forms(String phrase) {
        List<String> forms = new ArrayList<>(List.of(phrase));
        int end = phrase.length();
        if (phrase.endsWith("ies") && end > 4) {
            forms.add(phrase.substring(0, end - 3) + "y");
        }
        if (phrase.endsWith("es") && end > 4) {
            forms.add(phrase.substring(0, end - 2));
        }
        if (phrase.endsWith("s") && !phrase.endsWith("ss") && end > 3) {
            forms.add(phrase.substring(0, end - 1));
        }
        if (phrase.endsWith("ied") && end > 4) {
            forms.add(phrase.substring(0, end - 3) + "y");
        }
        for (String ending : List.of("ed", "ing")) {
            if (phrase.endsWith(ending) && end > ending.length() + 2) {
                String stem = phrase.substring(0, end - ending.length());
                forms.add(stem);
                forms.add(stem + "e");
                if (stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2)) {
                    forms.add(stem.substring(0, stem.length() - 1));
                }
            }
        }
        return forms;
    }
}
