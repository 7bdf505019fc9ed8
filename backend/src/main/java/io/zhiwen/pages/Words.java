package io.zhiwen.pages;

import io.zhiwen.ask.Note;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/// The words of the pages in the language of the request at hand, or in a given one.
@Component
class Words {

    private static final String OF_SCRIPTS = "js.";

    private final MessageSource messages;
    private final Map<String, Map<String, String>> scripts = new ConcurrentHashMap<>();

    Words(MessageSource messages) {
        this.messages = messages;
    }

    String say(String key, Object... values) {
        return say(LocaleContextHolder.getLocale(), key, values);
    }

    String say(Locale locale, String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }

    /// Whether anybody wrote `key`.
    boolean has(Locale locale, String key) {
        return !"".equals(messages.getMessage(key, null, "", locale));
    }

    /// What `key` says, or what `otherwise` says of it when nobody wrote it.
    String sayOr(Locale locale, @Nullable String key, String otherwise) {
        if (key == null) {
            return "";
        }
        var said = messages.getMessage(key, null, "", locale);
        return said == null || said.isEmpty() ? say(locale, otherwise, key) : said;
    }

    /// What is told beside an answer.
    ///
    /// @param written as `Note` is kept
    String note(Locale locale, String written) {
        var note = Note.of(written);
        var formats = new Formats(locale);
        var said =
                messages.getMessage(
                        note.key(),
                        note.values().stream().map(formats::dayOr).toArray(),
                        "",
                        locale);
        return said == null || said.isEmpty() ? say(locale, "error.unknown", note.key()) : said;
    }

    /// What scripts say, by key; placeholders stay as they are.
    Map<String, String> ofScripts(Locale locale) {
        return scripts.computeIfAbsent(locale.getLanguage(), _ -> read(locale));
    }

    private Map<String, String> read(Locale locale) {
        var keys = ResourceBundle.getBundle("messages", Locale.ROOT).keySet();
        var words = new TreeMap<String, String>();
        for (var key : keys) {
            if (key.startsWith(OF_SCRIPTS)) {
                words.put(key, messages.getMessage(key, null, locale));
            }
        }
        return Map.copyOf(words);
    }
}
