package io.zhiwen.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import io.zhiwen.library.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Questions one could ask, from the headings of the reader's own documents and in their language.
@Component
class Tips {

    private static final int SHOWN = 3;
    private static final int LOOKED_AT = 12;
    private static final int LONGEST_HEADING = 40;

    private static final Pattern FRONT_MATTER =
            Pattern.compile(
                    "(?i)contents|table of contents|(?:list of )?illustrations|preface|introduction|index|目\\s*[录錄]|前言|序|引言");
    private static final Comparator<String> QUESTIONS_FIRST =
            Comparator.comparing(tip -> !tip.contains("“"));

    private final Library library;
    private final Words words;
    private final Cache<String, Optional<String>> known =
            Caffeine.newBuilder().maximumSize(2000).build();

    Tips(Library library, Words words) {
        this.library = library;
        this.words = words;
    }

    List<String> of(Scope scope, List<KnowledgeBase> bases) {
        var tips = new ArrayList<String>();
        for (var base : bases) {
            if (base.ready() == 0) {
                continue;
            }
            int before = tips.size();
            int most = bases.size() == 1 ? SHOWN : 2;
            for (var row : library.documents(scope, base.id(), null, LOOKED_AT).items()) {
                if (tips.size() < SHOWN && tips.size() - before < most) {
                    tip(scope, row).filter(tip -> !tips.contains(tip)).ifPresent(tips::add);
                }
            }
        }
        return tips;
    }

    private Optional<String> tip(Scope scope, DocumentRow row) {
        if (row.status() != Status.READY) {
            return Optional.empty();
        }
        return known.get(
                row.id() + "/" + row.version(),
                _ ->
                        library.chunks(scope, row.id(), row.version()).stream()
                                .flatMap(chunk -> question(row, chunk).stream())
                                .max(QUESTIONS_FIRST));
    }

    /// A heading that is a question is asked as it is.
    private Optional<String> question(DocumentRow row, StoredChunk stored) {
        var path = stored.chunk().headingPath();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var heading = path.getLast().replaceFirst("^[\\d.、\\s]+", "").strip();
        if (heading.length() < 2
                || heading.length() > LONGEST_HEADING
                || FRONT_MATTER.matcher(heading).matches()) {
            return Optional.empty();
        }
        if (heading.endsWith("?") || heading.endsWith("？")) {
            return Optional.of(heading);
        }
        if (path.size() < 2) {
            return Optional.empty();
        }
        var locale = stored.chunk().language() == Language.ZH ? Locale.CHINESE : Locale.ENGLISH;
        var name = row.name().replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        return Optional.of(words.say(locale, "chat.tip", name, heading));
    }
}
