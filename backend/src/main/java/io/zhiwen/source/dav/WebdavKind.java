package io.zhiwen.source.dav;

import io.zhiwen.outgoing.BasicLogin;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// A folder of a WebDAV server, such as Nextcloud, Jianguoyun (坚果云), IIS or Apache.
@Component
public final class WebdavKind implements SourceKind {

    private static final Field URL = Field.required("url", Field.Type.TEXT);
    private static final Field USER = Field.optional("user", Field.Type.TEXT);
    private static final Field PASSWORD = Field.optional("password", Field.Type.SECRET);

    private final OutgoingHttp http;

    public WebdavKind(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "webdav";
    }

    @Override
    public List<Field> fields() {
        return List.of(URL, Patterns.INCLUDE, Patterns.EXCLUDE, USER, PASSWORD);
    }

    @Override
    public String where(Place place) {
        return place.text(URL.name());
    }

    @Override
    public Source open(Place place) throws SourceUnavailable {
        String user = place.text(USER.name());
        return new WebdavSource(
                new WebdavFolders(
                        http,
                        DavPath.root(place.text(URL.name())),
                        user.isEmpty()
                                ? Map.of()
                                : BasicLogin.headers(user, place.text(PASSWORD.name()))),
                Patterns.of(place));
    }
}
