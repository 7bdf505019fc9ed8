package io.zhiwen.library;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a table of documents is to show. Without a filter it shows what lies directly in the
/// folder; with one, what lies anywhere below it.
///
/// @param folder null for the top of the base
/// @param page from 1
public record Listing(
        @Nullable FolderId folder,
        DocumentFilter filter,
        Order order,
        boolean descending,
        int page,
        int size) {

    /// How far the work on a document is.
    public enum State {
        WORKING,
        READY,
        FAILED,
        /// Waits for somebody to release or reject it.
        HELD,
        /// Not found, because somebody said so or because of the day.
        OUT_OF_USE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Empty for a word that is none of ours.
        public static Optional<State> named(String word) {
            return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
        }
    }

    /// What rows are ordered by.
    public enum Order {
        ADDED("d.created_at"),
        NAME("lower(d.name)"),
        UPDATED("d.updated_at"),
        SIZE(
                """
                (select v.bytes from document_version v
                 where v.document_id = d.id and v.version = d.latest_version)"""),
        PASSAGES(
                """
                (select coalesce(v.chunks, 0) from document_version v
                 where v.document_id = d.id and v.version = d.latest_version)""");

        private final String sql;

        Order(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether the greatest comes first unless asked otherwise.
        public boolean isDescending() {
            return this != NAME;
        }

        /// Empty for a word that is none of ours.
        public static Optional<Order> named(String word) {
            return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
        }
    }

    public Listing {
        page = Math.max(1, page);
    }

    /// By words of the name, a tag and a state alone.
    public Listing(
            @Nullable FolderId folder,
            String words,
            String tag,
            @Nullable State state,
            Order order,
            boolean descending,
            int page,
            int size) {
        this(
                folder,
                new DocumentFilter(words, tag, state, "", List.of()),
                order,
                descending,
                page,
                size);
    }

    /// Whether it looks through the folders below as well.
    public boolean isSearch() {
        return !filter.isEmpty();
    }
}
