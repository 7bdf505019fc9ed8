package io.zhiwen.ingest.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the head of a table says of a column: its name, its unit, and what else it is called.
record ColumnName(String shown, List<String> keys, String unit) {

    private static final Pattern IN_BRACKETS =
            Pattern.compile("\\s*[(（\\[【]\\s*(?:单位[:：]\\s*)?([^()（）\\[\\]【】]{1,20})[)）\\]】]\\s*$");
    private static final Pattern IN_WORDS =
            Pattern.compile(
                    "(?i)\\s+in ((?:(?:thousand|million|billion)s?(?: of)? ?)?(?:US ?\\$|US dollars|dollars|USD|EUR|CHF|CNY|RMB|GBP)?)$");

    /// What makes a thing's name of the name of a column that tells things apart: 订单号, employee id.
    private static final Pattern OF_THING =
            Pattern.compile(
                    "(?i)(.{2,}?)(?:编号|号码|代码|序号|名称|姓名|标题|全称|简称|号|名|[ _-](?:id|ids|no\\.?|number|name|code|title))$");

    private static final Pattern ALTERNATIVES = Pattern.compile("\\s*[/／]\\s*");

    /// @param head its cells of the head's rows, from above
    static ColumnName of(List<String> head, UnaryOperator<String> fold) {
        Set<String> parts = new LinkedHashSet<>();
        head.stream().map(String::strip).filter(cell -> !cell.isEmpty()).forEach(parts::add);
        if (parts.isEmpty()) {
            return new ColumnName("", List.of(), "");
        }
        String shown = String.join(" ", parts);
        List<String> names = new ArrayList<>(List.of(shown));
        names.add(List.copyOf(parts).getLast());
        String unit = "";
        Set<String> keys = new LinkedHashSet<>();
        for (String name : names) {
            Matcher brackets = IN_BRACKETS.matcher(name);
            Matcher words = IN_WORDS.matcher(name);
            String plain = name;
            if (brackets.find()) {
                plain = name.substring(0, brackets.start());
                unit = isNote(brackets.group(1)) ? unit : brackets.group(1).strip();
            } else if (words.find() && !words.group(1).isBlank()) {
                plain = name.substring(0, words.start());
                unit = words.group(1).strip();
            }
            add(plain, fold, keys);
            keys.add(Keys.of(fold.apply(name)));
        }
        keys.remove("");
        return new ColumnName(shown, List.copyOf(keys), unit);
    }

    /// A letter or a number in brackets is a footnote.
    private static boolean isNote(String inBrackets) {
        return inBrackets.strip().matches("[a-z]|\\d{1,2}");
    }

    private static void add(String name, UnaryOperator<String> fold, Set<String> keys) {
        keys.add(Keys.of(fold.apply(name)));
        for (String part : ALTERNATIVES.split(name, -1)) {
            if (part.length() > 1) {
                keys.add(Keys.of(fold.apply(part)));
            }
        }
    }

    /// The thing that a column of names or numbers of it tells apart; empty when it names none.
    static String thing(String name, UnaryOperator<String> fold) {
        Matcher thing = OF_THING.matcher(name.strip());
        return thing.matches() ? Keys.of(fold.apply(thing.group(1))) : "";
    }
}
