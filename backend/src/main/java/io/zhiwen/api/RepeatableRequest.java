package io.zhiwen.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/// A request that was read once, to know whether it is the same as an earlier one, and can be read
/// again by whoever serves it.
final class RepeatableRequest extends HttpServletRequestWrapper {

    /// Of what is no upload; those are on disk.
    private static final int LARGEST_BODY = 1 << 20;

    private final byte[] body;
    private final String hash;

    private RepeatableRequest(HttpServletRequest request, byte[] body, String hash) {
        super(request);
        this.body = body;
        this.hash = hash;
    }

    /// Method, path and content; of a form its parts, since its boundary is another each time.
    static RepeatableRequest read(HttpServletRequest request) throws IOException, ServletException {
        MessageDigest digest = sha256();
        var out =
                new DataOutputStream(
                        new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        out.writeUTF(request.getMethod());
        out.writeUTF(request.getRequestURI());
        out.writeUTF(Objects.requireNonNullElse(request.getQueryString(), ""));
        byte[] body = {};
        if (isForm(request)) {
            for (Part part : request.getParts()) {
                out.writeUTF(part.getName());
                out.writeUTF(Objects.requireNonNullElse(part.getSubmittedFileName(), ""));
                out.writeLong(part.getSize());
                try (InputStream bytes = part.getInputStream()) {
                    bytes.transferTo(out);
                }
            }
        } else {
            body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new Refused(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "too-large",
                        "The body has more than " + LARGEST_BODY + " bytes.");
            }
            out.write(body);
        }
        return new RepeatableRequest(request, body, HexFormat.of().formatHex(digest.digest()));
    }

    String hash() {
        return hash;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return isForm(this) ? super.getInputStream() : new Body(new ByteArrayInputStream(body));
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Body extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Body(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("it is read at once");
        }
    }
}
