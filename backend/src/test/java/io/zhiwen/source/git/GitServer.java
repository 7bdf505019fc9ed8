package io.zhiwen.source.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// JGit's own Git server over HTTP on this machine, with repositories in a folder. Names that begin
/// with
/// `private` want the token.
public final class GitServer implements AutoCloseable {

    public static final String TOKEN = "glpat-7f3a";

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> logins = new CopyOnWriteArrayList<>();
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
    private final HttpServer http;
    private final Path folder;

    public GitServer(Path folder) throws IOException {
        this.folder = folder;
        this.http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        answer(exchange);
                    }
                });
        http.start();
    }

    public String url(String name) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + name;
    }

    Repository repository(String name) {
        return repositories.computeIfAbsent(
                name,
                _ -> {
                    try {
                        var made = new FileRepository(folder.resolve(name).toFile());
                        made.create(true);
                        return made;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /// Makes the files the newest commit of the branch. What begins with `link:` is a symbolic
    /// link.
    public void commit(String name, String branch, Map<String, String> files) throws IOException {
        Repository repository = repository(name);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            commit(repository, inserter, branch, tree(inserter, new TreeMap<>(files)));
        }
    }

    void commit(Repository repository, ObjectInserter inserter, String branch, ObjectId tree)
            throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        var author = new PersonIdent("mei", "mei@example.org");
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage("as it is");
        ObjectId before = repository.resolve(Constants.R_HEADS + branch);
        if (before != null) {
            commit.setParentId(before);
        }
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(id);
        update.forceUpdate();
        if (branch.equals("main")) {
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
        }
    }

    private static ObjectId tree(ObjectInserter inserter, TreeMap<String, String> files)
            throws IOException {
        var folders = new TreeMap<String, TreeMap<String, String>>();
        var entries = new TreeMap<String, Object>();
        for (var file : files.entrySet()) {
            int slash = file.getKey().indexOf('/');
            if (slash < 0) {
                entries.put(file.getKey(), file.getValue());
            } else {
                String name = file.getKey().substring(0, slash);
                folders.computeIfAbsent(name, _ -> new TreeMap<>())
                        .put(file.getKey().substring(slash + 1), file.getValue());
                entries.put(name + "/", name);
            }
        }
        var tree = new TreeFormatter();
        for (var entry : entries.entrySet()) {
            if (entry.getKey().endsWith("/")) {
                String name = entry.getKey().substring(0, entry.getKey().length() - 1);
                tree.append(name, FileMode.TREE, tree(inserter, folders.get(name)));
                continue;
            }
            String text = (String) entry.getValue();
            boolean link = text.startsWith("link:");
            byte[] bytes = text.replaceFirst("^link:", "").getBytes(StandardCharsets.UTF_8);
            tree.append(
                    entry.getKey(),
                    text.startsWith("submodule:")
                            ? FileMode.GITLINK
                            : link ? FileMode.SYMLINK : FileMode.REGULAR_FILE,
                    text.startsWith("submodule:")
                            ? ObjectId.fromString("1".repeat(40))
                            : inserter.insert(Constants.OBJ_BLOB, bytes));
        }
        return inserter.insert(tree);
    }

    @Override
    public void close() {
        http.stop(0);
        repositories.values().forEach(Repository::close);
    }

    /// Asks for the token, then lets JGit's own server answer.
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String login = exchange.getRequestHeaders().getFirst("Authorization");
        logins.add("" + login);
        byte[] right = ("git:" + TOKEN).getBytes(StandardCharsets.UTF_8);
        if (path.startsWith("/private")
                && !("Basic " + Base64.getEncoder().encodeToString(right)).equals(login)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        Repository repository = repositories.get(path.split("/")[1]);
        if (repository == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var server = new UploadPack(repository);
        server.setBiDirectionalPipe(false);
        var said = new ByteArrayOutputStream();
        boolean list = path.endsWith("/info/refs");
        if (list) {
            var lines = new PacketLineOut(said);
            lines.writeString("# service=git-upload-pack\n");
            lines.end();
            server.sendAdvertisedRefs(new RefAdvertiser.PacketLineOutRefAdvertiser(lines));
        } else {
            InputStream body = exchange.getRequestBody();
            boolean packed =
                    "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            server.upload(packed ? new GZIPInputStream(body) : body, said, null);
        }
        exchange.getResponseHeaders()
                .set(
                        "Content-Type",
                        "application/x-git-upload-pack-" + (list ? "advertisement" : "result"));
        exchange.sendResponseHeaders(200, said.size());
        said.writeTo(exchange.getResponseBody());
    }
}
