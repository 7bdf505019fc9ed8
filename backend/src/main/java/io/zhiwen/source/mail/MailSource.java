package io.zhiwen.source.mail;

import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.OverALine;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPMessage;

/// The newest messages of a folder, each known by the number that the server never gives twice
/// (RFC 3501, 2.3.1.1). A message never changes, so one that is known is not asked for again; the
/// mailbox is only read.
final class MailSource implements Source {

    private static final int AT_ONCE = 500;
    private static final int LONGEST_SUBJECT = 120;

    private final Store store;
    private final String name;
    private final int most;
    private final boolean followsDeletions;

    MailSource(Store store, String name, int most, boolean followsDeletions) {
        this.store = store;
        this.name = name;
        this.most = most;
        this.followsDeletions = followsDeletions;
    }

    @Override
    public void each(Look look) throws SourceUnavailable, IOException, InterruptedException {
        try (Folder folder = store.getFolder(name)) {
            folder.open(Folder.READ_ONLY);
            int all = folder.getMessageCount();
            if (!followsDeletions || all > most) {
                look.goneStays();
            }
            for (int last = all; last > Math.max(0, all - most); last -= AT_ONCE) {
                int first = Math.max(Math.max(1, all - most + 1), last - AT_ONCE + 1);
                some(folder, folder.getMessages(first, last), look);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } catch (MessagingException e) {
            throw MailStore.unavailable(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            store.close();
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    private void some(Folder folder, Message[] messages, Look look)
            throws MessagingException, SourceUnavailable, IOException, InterruptedException {
        if (!(folder instanceof UIDFolder numbers)) {
            throw new SourceUnavailable(Trouble.ODD, "a server without lasting numbers");
        }
        var wanted = new FetchProfile();
        wanted.add(UIDFolder.FetchProfileItem.UID);
        wanted.add(FetchProfile.Item.FLAGS);
        folder.fetch(messages, wanted);
        String era = Long.toString(numbers.getUIDValidity());
        List<Message> fresh = new ArrayList<>();
        for (Message message : messages) {
            String address = address(era, numbers.getUID(message));
            if (message.isSet(Flags.Flag.DELETED)) {
                continue;
            }
            String before = look.fingerprintOf(address);
            if (before == null) {
                fresh.add(message);
            } else {
                look.found(new Thing(address, name, before, null, InputStream::nullInputStream));
            }
        }
        var heads = new FetchProfile();
        heads.add(FetchProfile.Item.ENVELOPE);
        folder.fetch(fresh.toArray(Message[]::new), heads);
        for (Message message : fresh.reversed()) {
            bring((IMAPMessage) message, address(era, numbers.getUID(message)), look);
        }
    }

    private void bring(IMAPMessage message, String address, Look look)
            throws MessagingException, IOException, InterruptedException {
        String said = message.getSubject();
        String subject = said == null ? "" : said.replaceAll("[\\p{Cntrl}/\\\\]+", " ").strip();
        if (subject.length() > LONGEST_SUBJECT) {
            subject = subject.substring(0, subject.offsetByCodePoints(0, LONGEST_SUBJECT / 2));
        }
        String title =
                subject.isEmpty() ? address.substring(address.lastIndexOf('/') + 1) : subject;
        look.found(
                new Thing(
                        address,
                        title.endsWith(".eml") ? title : title + ".eml",
                        address,
                        null,
                        () -> open(message)));
    }

    private static InputStream open(IMAPMessage message) throws LeftOut {
        try {
            return new OverALine(message.getMimeStream());
        } catch (MessageRemovedException e) {
            throw new LeftOut(Reason.STILL_WRITTEN, "it went meanwhile");
        } catch (MessagingException e) {
            throw new LeftOut(Reason.UNREADABLE, "" + e.getMessage());
        }
    }

    private String address(String era, long number) {
        return name + "/" + era + "-" + number + ".eml";
    }
}
