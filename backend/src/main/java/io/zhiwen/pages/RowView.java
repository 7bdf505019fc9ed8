package io.zhiwen.pages;

import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.FileTypes;
import io.zhiwen.library.Status;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A document as lists, its page and scripts take it: everything in words.
record RowView(
        String id,
        String name,
        int version,
        String status,
        String statusText,
        String icon,
        boolean working,
        int done,
        int total,
        String reason,
        String detail,
        String chunks,
        String size,
        String type,
        boolean mismatch,
        int pages,
        String by,
        String updated,
        String updatedText,
        List<String> tags,
        LifeView life,
        String folder,
        String inside,
        String insideName,
        String path,
        String parts,
        boolean partsWorking,
        String link) {

    static RowView of(DocumentRow row, Words words, Locale locale) {
        return of(row, null, words, locale);
    }

    /// @param place what is said of where it stands in line, to who is to know
    static RowView of(DocumentRow row, @Nullable String place, Words words, Locale locale) {
        var formats = new Formats(locale);
        var chunks = row.chunks();
        var pages = row.pages();
        var inside = row.inside();
        return new RowView(
                row.id().toString(),
                row.name(),
                row.version(),
                row.status().code(),
                statusText(row, words, locale) + (place == null ? "" : place),
                row.status().code(),
                !row.status().isFinal(),
                row.progressDone(),
                row.progressTotal(),
                why(row, words, locale),
                row.reasonDetail() == null ? "" : row.reasonDetail(),
                chunks == null ? "" : formats.number(chunks),
                formats.size(row.bytes()),
                FileTypes.named(row.mediaType()),
                row.typeMismatch(),
                pages == null ? 0 : pages,
                row.uploadedBy().replaceFirst("^(user|key|source):", ""),
                row.updatedAt().toString(),
                formats.moment(row.updatedAt()),
                row.tags(),
                LifeView.of(row.life(), words, locale),
                "",
                inside == null ? "" : inside.document().toString(),
                inside == null ? "" : inside.name(),
                inside == null ? "" : inside.path(),
                parts(row.parts(), words, locale),
                row.parts().working() > 0,
                row.link() == null ? "" : row.link());
    }

    /// With the path of the folder it lies in, for lists of several folders.
    RowView in(String folderPath) {
        return new RowView(
                id,
                name,
                version,
                status,
                statusText,
                icon,
                working,
                done,
                total,
                reason,
                detail,
                chunks,
                size,
                type,
                mismatch,
                pages,
                by,
                updated,
                updatedText,
                tags,
                life,
                folderPath,
                inside,
                insideName,
                path,
                parts,
                partsWorking,
                link);
    }

    private static String parts(DocumentRow.Parts parts, Words words, Locale locale) {
        if (parts.all() == 0) {
            return "";
        }
        var all = words.say(locale, "document.parts.all", parts.all());
        var working =
                parts.working() == 0
                        ? ""
                        : words.say(locale, "document.parts.working", parts.working());
        var failed =
                parts.failed() == 0
                        ? ""
                        : words.say(locale, "document.parts.failed", parts.failed());
        return all + working + failed;
    }

    private static String statusText(DocumentRow row, Words words, Locale locale) {
        var key = "status." + row.status().code();
        return row.status().isCounted() && row.progressTotal() > 0
                ? words.say(locale, key + ".of", row.progressDone(), row.progressTotal())
                : words.say(locale, key);
    }

    /// What a person who rejected it said is told whoever brought it.
    private static String why(DocumentRow row, Words words, Locale locale) {
        if (row.status() != Status.FAILED) {
            return "";
        }
        var said = row.reasonDetail();
        return "REJECTED".equals(row.reasonCode()) && said != null && !said.isEmpty()
                ? words.say(locale, "reason.rejected.said", said)
                : reason(row.reasonCode(), words, locale);
    }

    static String reason(@Nullable String code, Words words, Locale locale) {
        var known = code == null ? "internal" : code;
        var key = "reason." + known.toLowerCase(Locale.ROOT);
        return words.sayOr(locale, key, "reason.unknown");
    }
}
