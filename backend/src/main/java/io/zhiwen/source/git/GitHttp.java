package io.zhiwen.source.git;

import io.zhiwen.outgoing.BasicLogin;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/// Has JGit speak through the guard.
///
/// @param most bytes of a pack
record GitHttp(OutgoingHttp http, Login login, long most) implements HttpConnectionFactory {

    /// Who asks, told to the repository's own site alone.
    ///
    /// @param token empty for nobody
    record Login(GitAddress address, String user, String token) {

        Map<String, String> headers(URI to) {
            if (token.isEmpty() || !address.isSite(to)) {
                return Map.of();
            }
            return BasicLogin.headers(user, token);
        }

        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /// The server said something else than what Git was waiting for.
    static final class Answer extends IOException {

        private static final long serialVersionUID = 1L;

        private final Trouble trouble;

        Answer(Trouble trouble, String what) {
            super(what);
            this.trouble = trouble;
        }

        Trouble trouble() {
            return trouble;
        }
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new GitCall(http, URI.create(url.toString()), login, most);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return create(url);
    }
}
