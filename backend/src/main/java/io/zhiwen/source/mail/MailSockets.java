package io.zhiwen.source.mail;

import io.zhiwen.outgoing.AddressGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Connections to mail servers: to what the guard finds and nowhere else, with a certificate for
/// the server's name, and with no more of an answer than fits into memory.
final class MailSockets extends SocketFactory {

    private final AddressGuard guard;
    private final boolean encrypted;

    MailSockets(AddressGuard guard, boolean encrypted) {
        this.guard = guard;
        this.encrypted = encrypted;
    }

    @Override
    public Socket createSocket() {
        return new Guarded(guard, encrypted);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("connected later");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("connected later");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("connected later");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("connected later");
    }

    private static final class Guarded extends Socket {

        private final AddressGuard guard;
        private final boolean encrypted;
        private @Nullable SSLSocket layer;
        private @Nullable MailAnswers answers;

        private Guarded(AddressGuard guard, boolean encrypted) {
            this.guard = guard;
            this.encrypted = encrypted;
        }

        @Override
        public void connect(SocketAddress to) throws IOException {
            connect(to, 0);
        }

        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
            var named = (InetSocketAddress) to;
            String host = named.getHostString();
            InetAddress found = guard.resolve(host)[0];
            super.connect(new InetSocketAddress(found, named.getPort()), timeout);
            if (encrypted) {
                layer = encrypted(host, named.getPort());
            }
            SSLSocket over = layer;
            answers =
                    new MailAnswers(over == null ? super.getInputStream() : over.getInputStream());
        }

        private SSLSocket encrypted(String host, int port) throws IOException {
            var sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
            var over = (SSLSocket) sockets.createSocket(this, host, port, false);
            var parameters = over.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            over.setSSLParameters(parameters);
            over.startHandshake();
            return over;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            MailAnswers known = answers;
            return known == null ? super.getInputStream() : known;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            MailAnswers known = answers;
            if (known == null) {
                return super.getOutputStream();
            }
            SSLSocket over = layer;
            return known.askedBy(over == null ? super.getOutputStream() : over.getOutputStream());
        }
    }
}
