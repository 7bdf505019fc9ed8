package io.zhiwen.source.dav;

import io.zhiwen.outgoing.Call;
import io.zhiwen.outgoing.ForbiddenAddress;
import io.zhiwen.outgoing.Limits;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.Reply;
import io.zhiwen.outgoing.ReplyTooLarge;
import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.OverALine;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The server: lists folders, one at a time, and sends files.
final class WebdavFolders {

    private static final Limits OF_LIST = new Limits(Duration.ofMinutes(5), 16L << 20, 0);
    private static final Limits OF_FILE = new Limits(Duration.ofMinutes(10), 4L << 30, 3);
    private static final byte[] WANTED =
            """
            <?xml version="1.0" encoding="utf-8"?>
            <propfind xmlns="DAV:"><prop><resourcetype/><getetag/><getlastmodified/><getcontentlength/></prop></propfind>
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final OutgoingHttp http;
    private final DavPath root;
    private final Map<String, String> login;

    WebdavFolders(OutgoingHttp http, DavPath root, Map<String, String> login) {
        this.http = http;
        this.root = root;
        this.login = login;
    }

    DavPath root() {
        return root;
    }

    /// @throws SourceUnavailable when the folder cannot be listed
    List<Multistatus.Entry> list(DavPath folder) throws SourceUnavailable {
        Map<String, String> headers = new HashMap<>(login);
        headers.put("Depth", "1");
        headers.put("Content-Type", "application/xml; charset=utf-8");
        var call = new Call("PROPFIND", folder.uri(), headers, WANTED, OF_LIST);
        try (Reply reply = http.send(call)) {
            if (reply.status() == 207) {
                return Multistatus.read(reply.body());
            }
            throw refused(folder, reply);
        } catch (ForbiddenAddress e) {
            throw new SourceUnavailable(Trouble.FORBIDDEN, said(e), e);
        } catch (ReplyTooLarge e) {
            throw new SourceUnavailable(Trouble.TOO_LARGE, "a list of " + said(e), e);
        } catch (IOException e) {
            throw new SourceUnavailable(Trouble.UNREACHABLE, said(e), e);
        }
    }

    private static SourceUnavailable refused(DavPath folder, Reply reply) {
        int status = reply.status();
        String to = reply.header("Location").map(where -> ", leads to " + where).orElse("");
        String answers = folder.uri() + " answers " + status + to;
        return switch (status) {
            case 401, 403 -> new SourceUnavailable(Trouble.REFUSED, answers);
            case 404, 410 -> new SourceUnavailable(Trouble.NOT_FOUND, answers);
            case 429, 500, 502, 503, 504 -> new SourceUnavailable(Trouble.UNREACHABLE, answers);
            default -> new SourceUnavailable(Trouble.ODD, answers);
        };
    }

    /// @param bytes it has by the list; -1 when it did not say
    InputStream open(DavPath file, long bytes) throws IOException {
        Reply reply;
        try {
            reply = http.send(Call.get(file.uri(), login, OF_FILE));
        } catch (ForbiddenAddress e) {
            throw new LeftOut(Reason.ELSEWHERE, said(e));
        } catch (IOException e) {
            throw new LeftOut(Reason.UNREADABLE, said(e));
        }
        if (!reply.isGood()) {
            reply.close();
            throw new LeftOut(
                    reply.status() == 401 || reply.status() == 403
                            ? Reason.REFUSED_THERE
                            : Reason.UNREADABLE,
                    "answers " + reply.status());
        }
        return new OverALine(reply.body(), bytes);
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
