package io.zhiwen.source.web;

import io.zhiwen.outgoing.Call;
import io.zhiwen.outgoing.ForbiddenAddress;
import io.zhiwen.outgoing.Limits;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.Reply;
import io.zhiwen.outgoing.ReplyTooLarge;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.OverALine;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Goes from page to page, breadth first, on the sites of the first addresses only, one request at
/// a
/// time with a pause between. Pages of which no links are wanted are asked for only if they have
/// changed; of the others what they are about is compared.
final class WebSource implements Source {

    private static final long LARGEST_PAGE = 10 << 20;
    private static final Limits OF_PAGE = new Limits(Duration.ofMinutes(10), 4L << 30, 5);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int MOST_SITEMAPS = 100;

    private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w.:-]+)");

    /// Kinds of files that are documents.
    private static final Set<String> FILES =
            Set.of(
                    "application/pdf",
                    "application/msword",
                    "application/vnd.ms-excel",
                    "application/vnd.ms-powerpoint",
                    "application/rtf",
                    "application/epub+zip",
                    "text/plain",
                    "text/markdown",
                    "text/csv");

    /// What a page is waiting for.
    ///
    /// @param left how many further links may be followed from there
    private record Waiting(URI uri, int left, boolean start) {}

    private final OutgoingHttp http;
    private final List<URI> start;
    private final Set<String> sites;
    private final int depth;
    private final int most;
    private final Duration pause;
    private final Patterns patterns;
    private final Map<String, String> headers;
    private final Robots robots;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Set<URI> known = new HashSet<>();
    private final Set<URI> told = new HashSet<>();
    private int sitemaps;

    WebSource(
            OutgoingHttp http,
            List<URI> start,
            int depth,
            int most,
            Duration pause,
            Patterns patterns,
            Map<String, String> headers) {
        this.http = http;
        this.start = start;
        this.sites = start.stream().map(WebAddress::site).collect(Collectors.toSet());
        this.depth = depth;
        this.most = most;
        this.pause = pause;
        this.patterns = patterns;
        this.headers = headers;
        this.robots = new Robots(http, headers);
    }

    @Override
    public void each(Look look) throws SourceUnavailable, IOException, InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        start.forEach(uri -> wait(new Waiting(uri, depth, true)));
        for (int asked = 0; !queue.isEmpty(); asked++) {
            if (asked == most || System.nanoTime() > until) {
                look.incomplete(Reason.TOO_MANY);
                return;
            }
            visit(queue.remove(), look);
        }
    }

    private void wait(Waiting page) {
        if (sites.contains(WebAddress.site(page.uri()))
                && (page.start() || patterns.want(page.uri().getPath().replaceFirst("^/+", "")))
                && known.add(page.uri())) {
            queue.add(page);
        }
    }

    private void visit(Waiting page, Look look)
            throws SourceUnavailable, IOException, InterruptedException {
        String address = page.uri().toString();
        try {
            if (!robots.allow(page.uri())) {
                look.leftOut(address, Reason.ROBOTS, "robots.txt");
                return;
            }
            Duration asked = robots.pause(page.uri());
            TimeUnit.NANOSECONDS.sleep((asked.compareTo(pause) > 0 ? asked : pause).toNanos());
            Map<String, String> conditions = new HashMap<>(headers);
            String before = look.fingerprintOf(address);
            if (before != null && page.left() == 0) {
                conditions.putAll(Seen.read(before).conditions());
            }
            try (Reply reply = http.send(Call.get(page.uri(), conditions, OF_PAGE))) {
                take(page, reply, before, look);
            }
        } catch (ForbiddenAddress e) {
            unless(page.start(), Trouble.FORBIDDEN, e);
            look.leftOut(address, Reason.ELSEWHERE, said(e));
        } catch (ReplyTooLarge e) {
            look.leftOut(address, Reason.TOO_LARGE, "" + e.getMessage());
        } catch (KeepingFailed e) {
            throw e.cause();
        } catch (IOException e) {
            unless(page.start(), Trouble.UNREACHABLE, e);
            look.leftOut(address, Reason.UNREADABLE, said(e));
        }
    }

    /// A site whose first address cannot be had is not there, as far as one can tell.
    private static void unless(boolean start, Trouble trouble, IOException e)
            throws SourceUnavailable {
        if (start) {
            throw new SourceUnavailable(trouble, said(e), e);
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void take(Waiting page, Reply reply, @Nullable String before, Look look)
            throws SourceUnavailable, IOException, InterruptedException {
        URI at = WebAddress.of(reply.uri().toString()).orElse(page.uri());
        int status = reply.status();
        if (status == 304 && before != null) {
            tell(look, thing(at, "", before, InputStream::nullInputStream));
        } else if (status == 404 || status == 410) {
            unless(page.start(), Trouble.NOT_FOUND, new IOException(at + " answers " + status));
        } else if (status == 401 || status == 403) {
            unless(page.start(), Trouble.REFUSED, new IOException(at + " answers " + status));
            look.leftOut(at.toString(), Reason.REFUSED_THERE, "answers " + status);
        } else if (!reply.isGood()) {
            throw new IOException(at + " answers " + status);
        } else if (!sites.contains(WebAddress.site(at))) {
            look.leftOut(page.uri().toString(), Reason.ELSEWHERE, "leads to " + at);
        } else if (!robots.allow(at)) {
            look.leftOut(at.toString(), Reason.ROBOTS, "robots.txt");
        } else {
            known.add(at);
            read(new Waiting(at, page.left(), page.start()), reply, look);
        }
    }

    private void read(Waiting page, Reply reply, Look look)
            throws IOException, InterruptedException {
        String type = reply.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String bare = type.replaceFirst(";.*", "").strip();
        if (page.start() && Sitemap.isLikely(bare, page.uri())) {
            list(Sitemap.of(whole(reply), page.uri()));
        } else if (bare.equals("text/html") || bare.equals("application/xhtml+xml")) {
            page(page, WebPage.of(whole(reply), charset(type), page.uri()), reply, look);
        } else if (FILES.contains(bare)
                || bare.startsWith("application/vnd.openxmlformats-")
                || bare.startsWith("application/vnd.oasis.opendocument.")) {
            String seen = Seen.of(reply, null).write();
            tell(
                    look,
                    thing(
                            page.uri(),
                            WebAddress.fileName(page.uri()),
                            seen.isBlank() ? UUID.randomUUID().toString() : seen,
                            () -> new OverALine(reply.body())));
        }
    }

    private void list(Sitemap sitemap) {
        sitemap.pages().forEach(uri -> wait(new Waiting(uri, 0, false)));
        for (URI further : sitemap.sitemaps()) {
            if (++sitemaps <= MOST_SITEMAPS) {
                wait(new Waiting(further, 0, true));
            }
        }
    }

    private void page(Waiting at, WebPage page, Reply reply, Look look)
            throws IOException, InterruptedException {
        boolean hidden =
                reply.header("X-Robots-Tag").orElse("").matches("(?i).*\\b(noindex|none)\\b.*");
        if (!page.mayBeKept() || hidden) {
            look.leftOut(at.uri().toString(), Reason.ROBOTS, "noindex");
        } else {
            String title = page.title().isEmpty() ? WebAddress.fileName(at.uri()) : page.title();
            tell(
                    look,
                    thing(
                            at.uri(),
                            title + (title.endsWith(".html") ? "" : ".html"),
                            Seen.of(reply, page.html()).write(),
                            () -> new ByteArrayInputStream(page.html())));
        }
        if (at.left() > 0) {
            page.links().forEach(uri -> wait(new Waiting(uri, at.left() - 1, false)));
        }
    }

    private void tell(Look look, Thing thing) throws IOException, InterruptedException {
        if (!told.add(URI.create(thing.address()))) {
            return;
        }
        try {
            look.found(thing);
        } catch (IOException e) {
            throw new KeepingFailed(e);
        }
    }

    private static Thing thing(URI uri, String name, String fingerprint, Thing.Content content) {
        return new Thing(uri.toString(), name, fingerprint, uri, content);
    }

    private static byte[] whole(Reply reply) throws IOException {
        byte[] bytes = reply.body().readNBytes((int) LARGEST_PAGE + 1);
        if (bytes.length > LARGEST_PAGE) {
            throw new ReplyTooLarge(LARGEST_PAGE);
        }
        return bytes;
    }

    private static @Nullable String charset(String type) {
        var said = CHARSET.matcher(type);
        return said.find() && Charset.isSupported(said.group(1)) ? said.group(1) : null;
    }

    /// The fault is not the page's.
    private static final class KeepingFailed extends IOException {

        private static final long serialVersionUID = 1L;

        private final IOException cause;

        private KeepingFailed(IOException cause) {
            super(cause);
            this.cause = cause;
        }

        private IOException cause() {
            return cause;
        }
    }
}
