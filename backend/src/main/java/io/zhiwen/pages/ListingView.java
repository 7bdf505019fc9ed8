package io.zhiwen.pages;

import io.zhiwen.library.DocumentFilter;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Listing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// A table of documents as its page shows it: what was asked of it, and the addresses that ask for
/// something else.
///
/// @param fields what is asked of fields, by the names of their inputs
/// @param sorts the address that orders by a column, by its word
/// @param all where one thing is done to all of them
/// @param sorted `ascending` or `descending` for the column rows are ordered by
record ListingView(
        String base,
        String folder,
        String words,
        String tag,
        String state,
        String owner,
        Map<String, String> fields,
        String order,
        boolean descending,
        boolean search,
        long total,
        String range,
        @Nullable String before,
        @Nullable String after,
        Map<String, String> sorts,
        Map<String, String> sorted,
        String all) {

    static final int ROWS = 50;

    /// What a request asks of the table of its base.
    record Asked(
            @Nullable UUID folder,
            @Nullable String q,
            @Nullable String tag,
            @Nullable String state,
            @Nullable String owner,
            @Nullable String sort,
            @Nullable String dir,
            @Nullable Integer page) {

        Listing listing(FieldsAsked fields) {
            var order = Listing.Order.named(or(sort)).orElse(Listing.Order.ADDED);
            return new Listing(
                    folder == null ? null : new FolderId(folder),
                    new DocumentFilter(
                            or(q),
                            or(tag),
                            Listing.State.named(or(state)).orElse(null),
                            or(owner),
                            fields.filters()),
                    order,
                    dir == null ? order.isDescending() : dir.equals("desc"),
                    page == null ? 1 : page,
                    ROWS);
        }

        private static String or(@Nullable String given) {
            return given == null ? "" : given;
        }
    }

    static ListingView of(
            String base,
            Listing listing,
            FieldsAsked fields,
            long total,
            Words words,
            Locale locale) {
        var filter = listing.filter();
        long first = (long) (listing.page() - 1) * listing.size() + 1;
        long last = Math.min(total, first + listing.size() - 1);
        var formats = new Formats(locale);
        Map<String, String> sorts = new LinkedHashMap<>();
        Map<String, String> sorted = new LinkedHashMap<>();
        for (var order : Listing.Order.values()) {
            boolean now = order == listing.order();
            boolean descending = now ? !listing.descending() : order.isDescending();
            sorts.put(order.word(), address(base, listing, fields, order, descending, 1));
            sorted.put(
                    order.word(),
                    now ? (listing.descending() ? "descending" : "ascending") : "none");
        }
        var folder = listing.folder();
        var state = filter.state();
        return new ListingView(
                base,
                folder == null ? "" : folder.toString(),
                filter.words(),
                filter.tag(),
                state == null ? "" : state.word(),
                filter.owner(),
                fields.given(),
                listing.order().word(),
                listing.descending(),
                listing.isSearch(),
                total,
                total == 0
                        ? ""
                        : words.say(
                                locale,
                                "library.range",
                                formats.number(first),
                                formats.number(last),
                                formats.number(total)),
                listing.page() > 1 ? page(base, listing, fields, listing.page() - 1) : null,
                last < total ? page(base, listing, fields, listing.page() + 1) : null,
                sorts,
                sorted,
                all(base, listing, fields));
    }

    /// Where the table is that shows this.
    static String address(String base, Listing listing, FieldsAsked fields) {
        return page(base, listing, fields, listing.page());
    }

    /// Where one thing is done to all that the table shows.
    static String all(String base, Listing listing, FieldsAsked fields) {
        return page(base + "/documents/all", listing, fields, 1);
    }

    private static String page(String base, Listing listing, FieldsAsked fields, int page) {
        return address(base, listing, fields, listing.order(), listing.descending(), page);
    }

    private static String address(
            String base,
            Listing listing,
            FieldsAsked fields,
            Listing.Order order,
            boolean descending,
            int page) {
        var filter = listing.filter();
        var uri = UriComponentsBuilder.fromPath("/library/" + base);
        if (listing.folder() != null) {
            uri.queryParam("folder", listing.folder());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        if (!filter.words().isEmpty()) {
            texts.put("q", filter.words());
        }
        if (!filter.tag().isEmpty()) {
            texts.put("tag", filter.tag());
        }
        if (!filter.owner().isEmpty()) {
            texts.put("owner", filter.owner());
        }
        texts.putAll(fields.given());
        texts.keySet().forEach(key -> uri.queryParam(key, "{" + key + "}"));
        var state = filter.state();
        if (state != null) {
            uri.queryParam("state", state.word());
        }
        uri.queryParam("sort", order.word()).queryParam("dir", descending ? "desc" : "asc");
        if (page > 1) {
            uri.queryParam("page", page);
        }
        return uri.encode().buildAndExpand(texts).toUriString();
    }
}
