package io.zhiwen.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port of a data folder's own database, kept there for commands that run beside the server.
final class DatabasePort {

    static final String LOOPBACK = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(DatabasePort.class);
    private static final String KEPT_AS = "database-port";

    private DatabasePort() {}

    /// Empty when the folder never had a database.
    static Optional<String> keptIn(Path root) throws IOException {
        return DataFolder.secret(root, KEPT_AS);
    }

    /// Chosen once; another is chosen only when some other program has taken it meanwhile.
    static int of(DataFolder data) throws IOException {
        Optional<String> kept = keptIn(data.root());
        if (kept.isPresent() && isFree(Integer.parseInt(kept.get()))) {
            return Integer.parseInt(kept.get());
        }
        int port = freePort();
        data.keepSecret(KEPT_AS, Integer.toString(port));
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port));
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "Port {} of the database is taken ({}); choosing another",
                    port,
                    e.getMessage());
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }
}
