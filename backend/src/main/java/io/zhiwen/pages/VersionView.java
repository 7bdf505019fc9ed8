package io.zhiwen.pages;

import io.zhiwen.library.VersionRow;
import java.util.Locale;

/// A version of a document in words.
///
/// @param compared whether there may be something to compare it with
record VersionView(
        int version,
        String file,
        String status,
        String statusText,
        boolean live,
        boolean readable,
        boolean compared,
        String size,
        String chunks,
        String by,
        String at,
        String atText) {

    static VersionView of(VersionRow row, Words words, Locale locale) {
        var formats = new Formats(locale);
        var chunks = row.chunks();
        return new VersionView(
                row.version(),
                row.fileName(),
                row.status().code(),
                words.say(locale, "status." + row.status().code()),
                row.live(),
                row.readable(),
                row.readable() && row.version() > 1,
                formats.size(row.bytes()),
                chunks == null ? "" : formats.number(chunks),
                row.uploadedBy().replaceFirst("^(user|key|source):", ""),
                row.uploadedAt().toString(),
                formats.moment(row.uploadedAt()));
    }
}
