package io.zhiwen.api;

import io.zhiwen.ask.Note;
import io.zhiwen.library.DocumentLife;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// What programs pass on to people, in English, or in Chinese for those who ask for it.
@Component
final class Sentences {

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.CHINESE);

    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    /// What `Accept-Language` asks for.
    static Locale language(HttpHeaders headers) {
        try {
            var wanted = Locale.lookup(headers.getAcceptLanguage(), SPOKEN);
            return wanted == null ? Locale.ENGLISH : wanted;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    /// e.g. `no-text-layer` of `NO_TEXT_LAYER`
    static String code(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Why a document failed.
    String reason(@Nullable String code, Locale language) {
        var known = code == null ? "INTERNAL" : code;
        return say("reason." + known.toLowerCase(Locale.ROOT), language, code(known));
    }

    /// The same with what the person said who rejected it.
    String reason(@Nullable String code, @Nullable String said, Locale language) {
        return "REJECTED".equals(code) && said != null && !said.isEmpty()
                ? messages.getMessage("reason.rejected.said", new Object[] {said}, language)
                : reason(code, language);
    }

    /// What is to be said about an answer.
    @Nullable String note(@Nullable String key, Locale language) {
        if (key == null) {
            return null;
        }
        var note = Note.of(key);
        var said = messages.getMessage(note.key(), note.values().toArray(), null, language);
        return said == null ? note.key() : said;
    }

    String say(String key, Locale language) {
        return say(key, language, key);
    }

    /// Page or sheet of a citation; empty when it has none.
    String where(@Nullable Integer page, @Nullable String sheet, Locale language) {
        if (sheet != null) {
            return messages.getMessage("where.sheet", new Object[] {sheet}, language);
        }
        return page == null ? "" : messages.getMessage("where.page", new Object[] {page}, language);
    }

    /// What is to be known of a document that is cited; empty where there is nothing.
    String life(DocumentLife life, Locale language) {
        return life.remarks().stream()
                .map(one -> messages.getMessage(one.key(), one.said(language), language))
                .collect(Collectors.joining(" · "));
    }

    private String say(String key, Locale language, String otherwise) {
        var said = messages.getMessage(key, null, null, language);
        return said == null ? otherwise : said;
    }
}
