package io.zhiwen.source.mail;

import io.zhiwen.outgoing.ForbiddenAddress;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.Properties;

/// Signs in, and says what went wrong.
final class MailStore {

    private static final String CONNECT_MILLIS = "10000";
    private static final String SILENCE_MILLIS = "30000";
    private static final String PART_BYTES = "1048576";

    private MailStore() {}

    /// Encryption, where wanted, is the sockets'.
    static Store open(MailSockets sockets, String host, int port, String user, String password)
            throws SourceUnavailable {
        var settings = new Properties();
        settings.put("mail.imap.socketFactory", sockets);
        settings.put("mail.imap.socketFactory.fallback", "false");
        settings.put("mail.imap.connectiontimeout", CONNECT_MILLIS);
        settings.put("mail.imap.timeout", SILENCE_MILLIS);
        settings.put("mail.imap.fetchsize", PART_BYTES);
        settings.put("mail.imap.peek", "true");
        settings.put("mail.imap.auth.ntlm.disable", "true");
        try {
            Store store = Session.getInstance(settings).getStore("imap");
            store.connect(host, port, user, password);
            return store;
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    static SourceUnavailable unavailable(MessagingException e) {
        Trouble trouble =
                switch (e) {
                    case AuthenticationFailedException _ -> Trouble.REFUSED;
                    case FolderNotFoundException _ -> Trouble.NOT_FOUND;
                    default -> Trouble.UNREACHABLE;
                };
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddress) {
                return new SourceUnavailable(Trouble.FORBIDDEN, "" + cause.getMessage(), e);
            }
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new SourceUnavailable(
                trouble, root == e ? "" + e.getMessage() : e.getMessage() + ": " + root, e);
    }
}
