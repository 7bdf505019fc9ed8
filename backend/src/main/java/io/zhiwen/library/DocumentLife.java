package io.zhiwen.library;

import io.zhiwen.ingest.upload.DocumentId;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How long a document is in force, who answers for it, and what took its place.
///
/// @param validFrom the first day it is found; null for any
/// @param validUntil the last one; null for any
/// @param supersededBy of the same base; null for none, and for one that is not for the reader
/// @param owner their name; null for nobody
/// @param state today, in the server's days
public record DocumentLife(
        boolean enabled,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable Successor supersededBy,
        @Nullable String owner,
        State state) {

    /// Another document.
    public record Successor(DocumentId id, String name) {}

    /// Only what is in force is searched and cited.
    public enum State {
        IN_FORCE,
        OFF,
        NOT_YET,
        EXPIRED;

        /// As pages and programs name it.
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What a reader should know, as a message.
    ///
    /// @param value a day or a name; null where the message takes none
    public record Remark(String key, @Nullable Object value) {

        /// What the message takes.
        public Object[] said(Locale locale) {
            return switch (value) {
                case null -> new Object[0];
                case LocalDate day ->
                        new Object[] {
                            DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                                    .withLocale(locale)
                                    .format(day)
                        };
                default -> new Object[] {value};
            };
        }
    }

    /// That it is not found today or will not be some day, and what took its place.
    public List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>();
        switch (state) {
            case OFF -> remarks.add(new Remark("life.off", null));
            case NOT_YET -> remarks.add(new Remark("life.not-yet", validFrom));
            case EXPIRED -> remarks.add(new Remark("life.expired", validUntil));
            case IN_FORCE -> {
                if (validUntil != null) {
                    remarks.add(new Remark("life.until", validUntil));
                }
            }
        }
        if (supersededBy != null) {
            remarks.add(new Remark("life.superseded", supersededBy.name()));
        }
        return remarks;
    }

    /// Of a row `d` of `document`.
    static final String STATE =
            """
            case when not d.enabled then 'OFF' when d.valid_from > current_date then 'NOT_YET'
                when d.valid_until < current_date then 'EXPIRED' else 'IN_FORCE' end""";
}
