package io.zhiwen.source.git;

import io.zhiwen.outgoing.Call;
import io.zhiwen.outgoing.Limits;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.Reply;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// One request of JGit. Redirects are JGit's to follow, each through here again; what no Git server
/// answers ends it.
final class GitCall implements HttpConnection {

    /// What branches there are.
    private static final Limits LIST = new Limits(Duration.ofMinutes(1), 32L << 20, 0);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final String TYPE = "application/x-git-upload-pack-";

    private final OutgoingHttp http;
    private final URI uri;
    private final Map<String, String> headers = new HashMap<>();
    private final Limits pack;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = "GET";
    private @Nullable Reply reply;

    GitCall(OutgoingHttp http, URI uri, GitHttp.Login login, long most) {
        this.http = http;
        this.uri = uri;
        this.pack = new Limits(LONGEST, most, 0);
        headers.putAll(login.headers(uri));
    }

    private Reply reply() throws IOException {
        Reply known = reply;
        if (known == null) {
            known =
                    http.send(
                            method.equals("POST")
                                    ? Call.post(uri, headers, body.toByteArray(), pack)
                                    : Call.get(uri, headers, LIST));
            reply = known;
            check(known);
        }
        return known;
    }

    private void check(Reply answer) throws IOException {
        int status = answer.status();
        if (status == HTTP_OK && answer.header("Content-Type").orElse("").startsWith(TYPE)) {
            return;
        }
        answer.close();
        if (status / 100 == 3) {
            return;
        }
        throw switch (status) {
            case HTTP_OK -> new GitHttp.Answer(Trouble.ODD, "no Git server answers at " + uri);
            case HTTP_UNAUTHORIZED, HTTP_FORBIDDEN ->
                    new GitHttp.Answer(Trouble.REFUSED, uri + " answers " + status);
            case HTTP_NOT_FOUND ->
                    new GitHttp.Answer(Trouble.NOT_FOUND, uri + " answers " + status);
            default -> new GitHttp.Answer(Trouble.UNREACHABLE, uri + " answers " + status);
        };
    }

    @Override
    public int getResponseCode() throws IOException {
        return reply().status();
    }

    @Override
    public String getResponseMessage() {
        return "";
    }

    @Override
    public URL getURL() {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("it was one", e);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new GitChatter(reply().body());
    }

    @Override
    public OutputStream getOutputStream() {
        return body;
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        Reply answer = reply;
        return answer == null ? null : answer.header(name).orElse(null);
    }

    @Override
    public List<String> getHeaderFields(String name) {
        String value = getHeaderField(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return Map.of();
    }

    @Override
    public int getContentLength() {
        return -1;
    }

    /// Its own user agent and packing are left to the client below.
    @Override
    public void setRequestProperty(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        if (!name.equals("accept-encoding")
                && !name.equals("user-agent")
                && !name.equals("authorization")) {
            headers.put(key, value);
        }
    }

    @Override
    public void setRequestMethod(String wanted) {
        method = wanted;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void connect() throws IOException {
        Reply _ = reply();
    }

    @Override
    public void setUseCaches(boolean use) {
        // there are none
    }

    @Override
    public void setConnectTimeout(int millis) {
        // the guard has limits of its own
    }

    @Override
    public void setReadTimeout(int millis) {
        // likewise
    }

    @Override
    public void setInstanceFollowRedirects(boolean follow) {
        // never
    }

    @Override
    public void setDoOutput(boolean output) {
        // as the method says
    }

    @Override
    public void setFixedLengthStreamingMode(int length) {
        // what is asked is small, and sent whole
    }

    @Override
    public void setChunkedStreamingMode(int length) {
        // likewise
    }

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        throw new UnsupportedOperationException("certificates are always checked");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("names are always checked");
    }
}
