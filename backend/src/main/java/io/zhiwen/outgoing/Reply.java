package io.zhiwen.outgoing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/// What came back. Read it once and close it; closed early, the connection is given up.
public final class Reply implements Closeable {

    private final URI uri;
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Future<?> deadline;
    private final long mostBytes;

    Reply(
            URI uri,
            HttpUriRequestBase request,
            ClassicHttpResponse response,
            Future<?> deadline,
            long mostBytes) {
        this.uri = uri;
        this.request = request;
        this.response = response;
        this.deadline = deadline;
        this.mostBytes = mostBytes;
    }

    /// Where it came from in the end, after redirects.
    public URI uri() {
        return uri;
    }

    public int status() {
        return response.getCode();
    }

    public boolean isGood() {
        return status() / 100 == 2;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(header -> header.getValue());
    }

    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            all.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(header.getValue());
        }
        return all;
    }

    /// Unpacked; empty when there is none. Closing it closes the reply.
    ///
    /// @throws ReplyTooLarge while reading, past the limit
    public InputStream body() throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null
                ? InputStream.nullInputStream()
                : new BoundedStream(entity.getContent(), mostBytes) {
                    @Override
                    public void close() {
                        Reply.this.close();
                    }
                };
    }

    /// The client would read on to the end of what was not read yet, which may have none: so the
    /// connection goes first. One that was read to its end is back with the others already.
    @Override
    public void close() {
        deadline.cancel(false);
        request.cancel();
        try {
            response.close();
        } catch (IOException _) {
            // it was cut off
        }
    }
}
