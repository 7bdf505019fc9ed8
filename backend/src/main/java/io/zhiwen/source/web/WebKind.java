package io.zhiwen.source.web;

import io.zhiwen.outgoing.BasicLogin;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Pages of web sites, from some addresses on, and what their sitemaps list.
@Component
public final class WebKind implements SourceKind {

    private static final Field START = Field.required("start", Field.Type.LINES);
    private static final Field DEPTH = Field.number("depth", 2);
    private static final Field MOST = Field.number("most", 500);
    private static final Field PAUSE = Field.number("pause", 500);
    private static final Field USER = Field.optional("user", Field.Type.TEXT);
    private static final Field PASSWORD = Field.optional("password", Field.Type.SECRET);

    private final OutgoingHttp http;

    public WebKind(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "web";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                START, DEPTH, MOST, Patterns.INCLUDE, Patterns.EXCLUDE, PAUSE, USER, PASSWORD);
    }

    @Override
    public String where(Place place) {
        return place.lines(START.name()).stream().findFirst().orElse("");
    }

    @Override
    public Source open(Place place) throws SourceUnavailable {
        List<URI> start = new ArrayList<>();
        for (String line : place.lines(START.name())) {
            start.add(
                    WebAddress.of(line)
                            .orElseThrow(() -> Place.unusable("no web address: " + line)));
        }
        return new WebSource(
                http,
                start,
                place.number(DEPTH, 0, 10),
                place.number(MOST, 1, 10_000),
                Duration.ofMillis(place.number(PAUSE, 0, 60_000)),
                Patterns.of(place),
                credentials(place.text(USER.name()), place.text(PASSWORD.name())));
    }

    private static Map<String, String> credentials(String user, String password) {
        return user.isEmpty() ? Map.of() : BasicLogin.headers(user, password);
    }
}
