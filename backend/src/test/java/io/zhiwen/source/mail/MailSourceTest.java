package io.zhiwen.source.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.zhiwen.outgoing.AddressGuard;
import io.zhiwen.outgoing.OutgoingSettings;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Remembered;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A real IMAP server on this machine, read through the guard; and servers that mean no good.
@Timeout(60)
class MailSourceTest {

    private static final String PASSWORD = "pw-7f3a";

    private final Remembered look = new Remembered();
    private GreenMail mail;
    private GreenMailUser mei;

    @BeforeEach
    void begin() {
        mail =
                new GreenMail(
                        new ServerSetup[] {
                            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
                            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS)
                        });
        mail.start();
        mei = mail.setUser("mei@example.org", "mei", PASSWORD);
    }

    @AfterEach
    void end() {
        mail.stop();
    }

    private Map<String, String> read(int port, String... fields) throws Exception {
        return read(List.of("127.0.0.1"), port, fields);
    }

    private Map<String, String> read(List<String> allowed, int port, String... fields)
            throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("host", "127.0.0.1");
        all.put("port", "" + port);
        all.put("plain", "true");
        all.put("user", "mei");
        all.put("password", PASSWORD);
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        var guard = new AddressGuard(new OutgoingSettings(allowed));
        return look.of(new MailKind(guard).open(new Place(all)));
    }

    private static void isTrouble(Trouble trouble, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SourceUnavailable.class,
                        e -> assertThat(e.trouble()).as(e.detail()).isEqualTo(trouble));
    }

    private int port() {
        return mail.getImap().getPort();
    }

    private void deliver(String subject, String text) throws Exception {
        String raw =
                "From: a@example.org\r\nTo: mei@example.org\r\nSubject: "
                        + subject
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                        + text
                        + "\r\n";
        mei.deliver(
                new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(raw.getBytes(UTF_8))));
    }

    @Test
    void eachMessageComesOnceUnderItsSubjectAsItWasSent() throws Exception {
        deliver("=?utf-8?B?5bm05YGH?= 2026/27", "15 天");
        deliver("", "no subject");
        deliver("long", "x".repeat(3_000_000));

        var first = Map.copyOf(read(port()));
        assertThat(first).hasSize(3);
        assertThat(look.things.values())
                .extracting(thing -> thing.name())
                .contains("年假 2026 27.eml", "long.eml");
        assertThat(first.values())
                .anySatisfy(raw -> assertThat(raw).contains("Subject: =?utf-8?B?", "15 天"))
                .anySatisfy(raw -> assertThat(raw).hasSizeGreaterThan(3_000_000));
        assertThat(first.keySet()).allMatch(address -> address.startsWith("INBOX/"));

        deliver("news", "news");
        assertThat(read(port()).values()).filteredOn("same"::equals).hasSize(3);
        assertThat(look.told).hasSize(4);
        assertThat(look.goneStays).isTrue();

        var inbox = mail.getManagers().getImapHostManager().getInbox(mei);
        assertThat(inbox.getMessages())
                .noneMatch(each -> each.getFlags().contains(Flags.Flag.SEEN));
        inbox.getMessages().getFirst().setFlag(Flags.Flag.DELETED, true);
        assertThat(read(port(), "deletions", "true")).hasSize(3);
        assertThat(look.goneStays).isFalse();
        assertThat(read(port(), "deletions", "true", "most", "2")).hasSize(2);
        assertThat(look.goneStays).isTrue();
    }

    @Test
    void aWrongPasswordAStrangeFolderAndAPrivateAddressAreSaid() throws Exception {
        isTrouble(Trouble.REFUSED, () -> read(port(), "password", "wrong"));
        isTrouble(Trouble.NOT_FOUND, () -> read(port(), "folder", "no such"));
        isTrouble(Trouble.UNUSABLE, () -> read(port(), "host", "a b"));
        isTrouble(Trouble.FORBIDDEN, () -> read(List.of(), port()));
    }

    @Test
    void aServerWithoutACertificateForItsNameIsNotTrusted() {
        int secure = mail.getImaps().getPort();
        assertThatThrownBy(() -> read(secure, "plain", "false"))
                .isInstanceOf(SourceUnavailable.class)
                .hasMessageContaining("certificat");
        isTrouble(Trouble.UNREACHABLE, () -> read(port(), "plain", "false"));
    }

    @FunctionalInterface
    private interface Speech {
        void to(Socket client) throws IOException;
    }

    private void liar(Speech speech) throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (var client = server.accept()) {
                                    speech.to(client);
                                } catch (IOException _) {
                                    // the other side has had enough
                                }
                            });
            isTrouble(Trouble.UNREACHABLE, () -> read(server.getLocalPort()));
            assertThat(look.told).isEmpty();
        }
    }

    @Test
    void aServerThatLiesOrFallsSilentEndsTheRunAndNotTheProcess() throws Exception {
        liar(client -> {});
        liar(client -> client.getOutputStream().write("* OK IMAP4rev1 re".getBytes(US_ASCII)));
        liar(client -> client.getOutputStream().write("220 smtp\r\n".getBytes(US_ASCII)));
        liar(
                client -> {
                    client.getOutputStream().write("* OK {2147483647}\r\n".getBytes(US_ASCII));
                    client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                });
        liar(
                client -> {
                    while (true) {
                        client.getOutputStream()
                                .write("* OK and on".repeat(1000).getBytes(US_ASCII));
                    }
                });
    }

    @Test
    void whatIsAnnouncedIsBelievedOnlyWithinBoundsAndFiguresInAMessageAreNone() throws Exception {
        byte[] fair = "* 1 FETCH {16}\r\n{99999999999}\r\n\r\nx {1}\r\ny{".getBytes(US_ASCII);
        try (var in = new MailAnswers(new ByteArrayInputStream(fair))) {
            assertThat(in.readAllBytes()).isEqualTo(fair);
        }
        byte[] liar = "* 1 FETCH {99999999999}\r\n".getBytes(US_ASCII);
        try (var in = new MailAnswers(new ByteArrayInputStream(liar))) {
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("announces");
        }
    }
}
