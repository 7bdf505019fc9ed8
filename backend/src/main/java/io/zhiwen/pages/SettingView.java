package io.zhiwen.pages;

import io.zhiwen.settings.Kind;
import io.zhiwen.settings.SettingRefused;
import io.zhiwen.settings.SettingRow;
import io.zhiwen.settings.Source;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A setting as its form shows it.
///
/// @param id of its field
/// @param kind count, size, time, text, choice, colour or image
/// @param value in its field
/// @param was what held when the form was made
/// @param range what it takes, in words; empty where the field shows it
/// @param longest characters its field takes
/// @param variable of the environment that says it; empty when none does
/// @param by who changed it, so that it can be put back; empty when nobody did
/// @param at when, as ISO writes it
/// @param wrong why what was entered is not taken; empty otherwise
record SettingView(
        String key,
        String id,
        String label,
        String hint,
        String kind,
        String value,
        String was,
        String standard,
        String range,
        List<Option> options,
        int longest,
        String variable,
        String by,
        String at,
        String atText,
        String wrong) {

    private static final int LONGEST_FIGURE = 20;

    record Option(String value, String label) {}

    /// @param entered in place of what holds; null for that
    static SettingView of(
            SettingRow row,
            @Nullable String entered,
            @Nullable SettingRefused wrong,
            Words words,
            Locale locale) {
        var setting = row.setting();
        Kind kind = setting.kind();
        String key = "setting." + setting.key().replaceFirst("^zhiwen\\.", "");
        var by = row.changedBy();
        var at = row.changedAt();
        return new SettingView(
                setting.key(),
                setting.key().replace('.', '-'),
                words.say(locale, key),
                words.say(locale, key + ".hint"),
                kind.word(),
                entered == null ? row.value() : entered,
                row.value(),
                said(setting.standard(), kind, key, words, locale),
                words.say(locale, "setting.range." + kind.word(), kind.limits().toArray()),
                kind instanceof Kind.Choice(var choices)
                        ? choices.stream()
                                .map(one -> new Option(one, words.say(locale, key + "." + one)))
                                .toList()
                        : List.of(),
                kind instanceof Kind.Text(int longest) ? longest : LONGEST_FIGURE,
                row.source() == Source.ENVIRONMENT ? variable(setting.key()) : "",
                by == null ? "" : by.replaceFirst("^(user|key):", ""),
                at == null ? "" : at.toString(),
                at == null ? "" : new Formats(locale).moment(at),
                wrong == null ? "" : why(wrong, words, locale));
    }

    static String why(SettingRefused refused, Words words, Locale locale) {
        return words.say(locale, "setting.wrong." + refused.code(), refused.limits().toArray());
    }

    private static String said(String value, Kind kind, String key, Words words, Locale locale) {
        if (kind instanceof Kind.Choice) {
            return words.say(locale, key + "." + value);
        }
        return value.isEmpty() ? words.say(locale, key + ".standard") : value;
    }

    /// As Spring reads it.
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
    }
}
