package io.zhiwen.source.mail;

import io.zhiwen.outgoing.AddressGuard;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import java.util.List;
import org.springframework.stereotype.Component;

/// A folder of an IMAP server, each message a document. Over TLS, unless somebody chose otherwise.
@Component
public final class MailKind implements SourceKind {

    private static final Field HOST = Field.required("host", Field.Type.TEXT);
    private static final Field PORT = Field.number("port", 993);
    private static final Field PLAIN = Field.choice("plain", false);
    private static final Field USER = Field.required("user", Field.Type.TEXT);
    private static final Field PASSWORD = Field.required("password", Field.Type.SECRET);
    private static final Field FOLDER = Field.text("folder", "INBOX");
    private static final Field MOST = Field.number("most", 5000);
    private static final Field FOLLOW = Field.choice("deletions", false);

    private final AddressGuard guard;

    public MailKind(AddressGuard guard) {
        this.guard = guard;
    }

    @Override
    public String name() {
        return "imap";
    }

    @Override
    public List<Field> fields() {
        return List.of(HOST, PORT, PLAIN, USER, PASSWORD, FOLDER, MOST, FOLLOW);
    }

    @Override
    public String where(Place place) {
        return place.text(USER.name())
                + " @ "
                + place.text(HOST.name())
                + "/"
                + place.text(FOLDER.name());
    }

    /// Without encryption the password is told to whoever listens.
    @Override
    public String confidant(Place place) {
        return place.text(HOST.name()) + "\n" + place.text(PORT.name()) + "\n" + place.isSet(PLAIN);
    }

    @Override
    public Source open(Place place) throws SourceUnavailable {
        String host = place.text(HOST.name());
        if (!host.matches("[\\p{L}\\p{N}.:-]{1,253}")) {
            throw Place.unusable("no name of a server: " + host);
        }
        String folder = place.text(FOLDER.name());
        return new MailSource(
                MailStore.open(
                        new MailSockets(guard, !place.isSet(PLAIN)),
                        host,
                        place.number(PORT, 1, 65535),
                        place.text(USER.name()),
                        place.text(PASSWORD.name())),
                folder.isEmpty() ? FOLDER.standard() : folder,
                place.number(MOST, 1, 100_000),
                place.isSet(FOLLOW));
    }
}
