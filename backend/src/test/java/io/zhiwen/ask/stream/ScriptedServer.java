package io.zhiwen.ask.stream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import tools.jackson.databind.json.JsonMapper;

/// A model server that does what a test tells it, byte for byte.
public final class ScriptedServer implements AutoCloseable {

    /// What a request looked like.
    public record Request(String line, List<String> headers, String body) {
        public String header(String name) {
            return headers.stream()
                    .filter(h -> h.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(h -> h.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /// Answers one connection.
    public interface Script {
        void play(Connection connection) throws IOException, InterruptedException;
    }

    /// A connection whose request was read.
    public final class Connection {
        private final Socket socket;
        private final OutputStream out;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        public Connection stream() throws IOException {
            return head("200 OK", "text/event-stream");
        }

        /// The body ends with the connection.
        public Connection head(String status, String type) throws IOException {
            return raw(
                    "HTTP/1.1 "
                            + status
                            + "\r\nContent-Type: "
                            + type
                            + "\r\nConnection: close\r\n\r\n");
        }

        public Connection raw(String text) throws IOException {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        public Connection bytes(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        public Connection token(String text) throws IOException {
            return raw(data("{\"content\":" + quoted(text) + "}", null));
        }

        public Connection delta(String delta) throws IOException {
            return raw(data(delta, null));
        }

        public Connection finish() throws IOException {
            return raw(data("{}", "stop") + USAGE + "data: [DONE]\n\n");
        }

        /// Waits until the client hangs up.
        public void awaitHangUp() throws IOException {
            try {
                while (socket.getInputStream().read() >= 0) {
                    // whatever it says
                }
            } catch (IOException _) {
                // a reset is a hang-up too
            }
            hangUps.add(System.nanoTime());
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\n";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final List<Request> requests = new CopyOnWriteArrayList<>();

    /// Texts it was asked to count the tokens of.
    public final List<Request> counted = new CopyOnWriteArrayList<>();

    private final BlockingQueue<Long> hangUps = new LinkedBlockingQueue<>();
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Script script;
    private volatile Script tokenizer = c -> c.head("404 Not Found", "text/plain");

    public ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public void play(Script next) {
        script = next;
    }

    /// Counts as `tokens` says, the way llama.cpp tells it.
    public void count(ToIntFunction<String> tokens) {
        tokenizer =
                c -> {
                    String text = JSON.readTree(counted.getLast().body()).get("content").asString();
                    c.head("200 OK", "application/json")
                            .raw(
                                    "{\"tokens\":"
                                            + Collections.nCopies(tokens.applyAsInt(text), 7)
                                            + "}");
                };
    }

    /// What it does when it is asked to count.
    void countBy(Script next) {
        tokenizer = next;
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /// Whether a client hung up within this time.
    boolean sawHangUp(Duration within) throws InterruptedException {
        return hangUps.poll(within.toMillis(), TimeUnit.MILLISECONDS) != null;
    }

    public int openConnections() {
        return open.size();
    }

    static String data(String delta, String finish) {
        return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + (finish == null ? "null" : quoted(finish))
                + "}]}\n\n";
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
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
                Socket socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(socket.getInputStream());
            boolean counts = request.line().startsWith("POST /tokenize ");
            (counts ? counted : requests).add(request);
            var connection = new Connection(socket);
            if (counts) {
                tokenizer.play(connection);
            } else {
                script.play(connection);
            }
        } catch (IOException _) {
            // the client is gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(InputStream socket) throws IOException {
        InputStream in = new BufferedInputStream(socket, 1);
        String line = line(in);
        List<String> headers = new CopyOnWriteArrayList<>();
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
            if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        return new Request(
                line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("no whole request");
            }
            if (b != '\r') {
                bytes.write(b);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
