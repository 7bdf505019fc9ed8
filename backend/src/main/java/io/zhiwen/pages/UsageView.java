package io.zhiwen.pages;

import io.zhiwen.ask.TokenUsage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Tokens of the last days: a bar a day of an SVG of 640 by 180, and sums by asker and base.
///
/// @param most what the highest bar stands for
record UsageView(List<Bar> bars, String most, List<Sum> askers, List<Sum> bases) {

    private static final double LEFT = 60;
    private static final double WIDTH = 570;
    private static final double TOP = 12;
    private static final double HEIGHT = 140;

    /// @param title day and tokens
    record Bar(
            String x,
            String y,
            String width,
            String height,
            String title,
            String day,
            String tokens) {}

    /// @param estimated how many of all no server counted; empty for none
    record Sum(
            String id,
            String name,
            boolean key,
            String today,
            String all,
            String estimated,
            String answers) {}

    /// @param days how many, today the last
    static UsageView of(
            List<TokenUsage.Row> rows, LocalDate today, int days, Words words, Locale locale) {
        var formats = new Formats(locale);
        Map<LocalDate, Long> tokens = new LinkedHashMap<>();
        for (int back = days - 1; back >= 0; back--) {
            tokens.put(today.minusDays(back), 0L);
        }
        rows.forEach(row -> tokens.merge(row.day(), row.tokens(), Long::sum));
        long most = tokens.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        double step = WIDTH / tokens.size();
        for (var day : tokens.entrySet()) {
            double height = most == 0 ? 0 : HEIGHT * day.getValue() / most;
            var name = day.getKey().toString();
            var count = formats.number(day.getValue());
            bars.add(
                    new Bar(
                            text(LEFT + step * bars.size() + 1),
                            text(TOP + HEIGHT - height),
                            text(step - 2),
                            text(height),
                            words.say(locale, "usage.bar", name, count),
                            name,
                            count));
        }
        var gone = words.say(locale, "usage.gone");
        return new UsageView(
                List.copyOf(bars),
                formats.number(most),
                sums(
                        rows,
                        today,
                        TokenUsage.Row::asker,
                        row -> row.askerName() == null ? gone : row.askerName(),
                        formats),
                sums(
                        rows,
                        today,
                        TokenUsage.Row::base,
                        row -> baseName(row, gone, words, locale),
                        formats));
    }

    private static String baseName(TokenUsage.Row row, String gone, Words words, Locale locale) {
        if (row.isOfSeveral()) {
            return words.say(locale, "usage.several");
        }
        return row.baseName() == null ? gone : row.baseName();
    }

    private static List<Sum> sums(
            List<TokenUsage.Row> rows,
            LocalDate today,
            Function<TokenUsage.Row, Object> by,
            Function<TokenUsage.Row, String> name,
            Formats formats) {
        Map<Object, List<TokenUsage.Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(by.apply(row), _ -> new ArrayList<>()).add(row));
        return groups.values().stream()
                .sorted(
                        Comparator.comparingLong(
                                        (List<TokenUsage.Row> group) ->
                                                group.stream()
                                                        .mapToLong(TokenUsage.Row::tokens)
                                                        .sum())
                                .reversed())
                .map(group -> sum(by.apply(group.getFirst()), group, today, name, formats))
                .toList();
    }

    private static Sum sum(
            Object id,
            List<TokenUsage.Row> group,
            LocalDate today,
            Function<TokenUsage.Row, String> name,
            Formats formats) {
        var first = group.getFirst();
        long estimated = group.stream().mapToLong(TokenUsage.Row::estimatedTokens).sum();
        return new Sum(
                id.toString(),
                name.apply(first),
                !first.person(),
                formats.number(
                        group.stream()
                                .filter(row -> row.day().equals(today))
                                .mapToLong(TokenUsage.Row::tokens)
                                .sum()),
                formats.number(group.stream().mapToLong(TokenUsage.Row::tokens).sum()),
                estimated == 0 ? "" : formats.number(estimated),
                formats.number(group.stream().mapToLong(TokenUsage.Row::answers).sum()));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
