package io.zhiwen.source.web;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.zhiwen.outgoing.Call;
import io.zhiwen.outgoing.Limits;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.Reply;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What sites allow us, by their `robots.txt` (RFC 9309): one that is not there allows all, one
/// that
/// cannot be had now allows nothing.
final class Robots {

    private static final List<String> WE = List.of("zhiwen");
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 512 << 10, 5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final OutgoingHttp http;
    private final Map<String, String> headers;
    private final Map<String, SimpleRobotRules> rules = new HashMap<>();

    Robots(OutgoingHttp http, Map<String, String> headers) {
        this.http = http;
        this.headers = headers;
    }

    /// @throws SourceUnavailable when the site does not say now what it allows
    boolean allow(URI uri) throws IOException, SourceUnavailable {
        return of(uri).isAllowed(uri.toString());
    }

    /// What the site asks for between two requests.
    Duration pause(URI uri) throws IOException, SourceUnavailable {
        Duration asked = Duration.ofMillis(Math.max(0, of(uri).getCrawlDelay()));
        return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
    }

    private SimpleRobotRules of(URI uri) throws IOException, SourceUnavailable {
        String site = WebAddress.site(uri);
        SimpleRobotRules known = rules.get(site);
        if (known == null) {
            known = read(URI.create(site + "/robots.txt"));
            rules.put(site, known);
        }
        return known;
    }

    private SimpleRobotRules read(URI uri) throws IOException, SourceUnavailable {
        try (Reply reply = http.send(Call.get(uri, headers, LIMITS))) {
            if (reply.isGood()) {
                return new SimpleRobotRulesParser()
                        .parseContent(
                                uri.toString(),
                                reply.body().readAllBytes(),
                                reply.header("Content-Type").orElse("text/plain"),
                                WE);
            }
            if (reply.status() / 100 == 4 && reply.status() != 429) {
                return new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
            }
            throw new SourceUnavailable(Trouble.UNREACHABLE, uri + " answers " + reply.status());
        }
    }
}
