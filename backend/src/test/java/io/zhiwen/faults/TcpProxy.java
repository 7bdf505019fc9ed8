package io.zhiwen.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between two processes and does to their connections what networks do. What it does can be
/// changed at any time and holds for open connections too.
final class TcpProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;

    /// @param refuses new connections are closed at once
    /// @param toServer bytes go on to the server; else they vanish and the connection stays open
    /// @param toClient bytes come back; without `toServer` too, a black hole; alone, half-open
    /// @param delay before each piece
    /// @param slice largest piece
    /// @param cutAfter at most so many bytes of a connection come back; at the next one both ends
    /// are reset
    record Weather(
            boolean refuses,
            boolean toServer,
            boolean toClient,
            Duration delay,
            int slice,
            long cutAfter) {

        static final Weather FAIR =
                new Weather(false, true, true, Duration.ZERO, 16 * 1024, Long.MAX_VALUE);
        static final Weather BLACK_HOLE =
                new Weather(false, false, false, Duration.ZERO, 16 * 1024, Long.MAX_VALUE);
        static final Weather REFUSING =
                new Weather(true, false, false, Duration.ZERO, 16 * 1024, Long.MAX_VALUE);

        /// Requests arrive, replies do not.
        static final Weather HALF_OPEN =
                new Weather(false, true, false, Duration.ZERO, 16 * 1024, Long.MAX_VALUE);

        static Weather slow(Duration delay, int slice) {
            return new Weather(false, true, true, delay, slice, Long.MAX_VALUE);
        }

        static Weather cutAfter(long bytes) {
            return new Weather(false, true, true, Duration.ZERO, 16 * 1024, bytes);
        }
    }

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FAIR;

    private TcpProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    static TcpProxy to(int port) throws IOException {
        TcpProxy proxy =
                new TcpProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().name("proxy").start(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    void weather(Weather next) {
        weather = next;
    }

    /// Cuts all open connections as a router does that forgets them.
    void resetAll() {
        for (Socket socket : open) {
            reset(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (weather.refuses()) {
                    reset(client);
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            server.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), target),
                    CONNECT_MILLIS);
        } catch (IOException _) {
            end(client, server); // nobody is there
            return;
        }
        Thread.ofVirtual().start(() -> pump(client, server, false));
        pump(server, client, true);
    }

    private void pump(Socket from, Socket to, boolean back) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            long passed = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (back && passed + read > weather.cutAfter()) {
                    reset(from);
                    reset(to);
                    return;
                }
                passed += forward(buffer, read, out, back);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            end(from, to); // one end is gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (from.isOutputShutdown() || from.isClosed()) {
            end(from, to);
        }
    }

    private long forward(byte[] bytes, int length, OutputStream out, boolean back)
            throws IOException, InterruptedException {
        int done = 0;
        while (done < length) {
            Weather now = weather;
            if (!(back ? now.toClient() : now.toServer())) {
                return done;
            }
            if (now.delay().isPositive()) {
                Thread.sleep(now.delay());
            }
            int piece = Math.min(now.slice(), length - done);
            out.write(bytes, done, piece);
            out.flush();
            done += piece;
        }
        return done;
    }

    private void end(Socket one, Socket other) {
        for (Socket socket : new Socket[] {one, other}) {
            open.remove(socket);
            try {
                socket.close();
            } catch (IOException _) {
                // it is gone, which was the wish
            }
        }
    }

    private void reset(Socket socket) {
        open.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // it is gone, which was the wish
        }
    }
}
