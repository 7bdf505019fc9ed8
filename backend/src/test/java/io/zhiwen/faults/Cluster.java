package io.zhiwen.faults;

import io.zhiwen.journey.Rest;
import io.zhiwen.journey.RunningProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Nodes that share a database and a blob folder; between each of them and the database a proxy.
final class Cluster implements AutoCloseable {

    private final Path folder;
    private final Database database;
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final List<RunningProduct> nodes = new ArrayList<>();
    private final List<Rest> rests = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    private Cluster(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    /// @param environment what each node has beside its place, by its number
    static Cluster start(Path folder, int nodes, IntFunction<Map<String, String>> environment)
            throws IOException, InterruptedException {
        Cluster cluster = new Cluster(folder, Database.start(folder.resolve("postgres")));
        try {
            Files.createDirectories(cluster.blobs());
            for (int i = 0; i < nodes; i++) {
                cluster.add(i, environment.apply(i));
            }
            cluster.awaitReady();
            String key = cluster.node(0).newKey("faults");
            for (RunningProduct node : cluster.nodes) {
                cluster.rests.add(new Rest(node, key));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void add(int number, Map<String, String> environment) throws IOException {
        TcpProxy proxy = TcpProxy.to(database.port());
        proxies.add(proxy);
        Path data = data(number);
        Files.createDirectories(data);
        Files.createSymbolicLink(data.resolve("blobs"), blobs());
        Map<String, String> all = new HashMap<>(Database.environment(proxy.port()));
        all.put("ZHIWEN_NODE_NAME", "node" + number);
        all.put("ZHIWEN_HEAP", "512m");
        all.putAll(environment);
        nodes.add(RunningProduct.begin(data, all));
    }

    /// All nodes at once, as after a power cut.
    void restart() throws IOException, InterruptedException {
        for (RunningProduct node : nodes) {
            node.beginAgain();
        }
        awaitReady();
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (RunningProduct node : nodes) {
            node.awaitReady();
        }
    }

    Database database() {
        return database;
    }

    TcpProxy proxy(int number) {
        return proxies.get(number);
    }

    RunningProduct node(int number) {
        return nodes.get(number);
    }

    int size() {
        return nodes.size();
    }

    Rest rest(int number) {
        return rests.get(number);
    }

    /// As a load balancer that asks for readiness: the next node that says it is ready.
    Rest anyReady() {
        for (int i = 0; i < nodes.size(); i++) {
            int number = Math.floorMod(turn.getAndIncrement(), nodes.size());
            try {
                if (nodes.get(number).isAlive() && nodes.get(number).ready()) {
                    return rests.get(number);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return rests.getFirst();
    }

    Path blobs() {
        return folder.resolve("blobs");
    }

    Path data(int number) {
        return folder.resolve("node" + number);
    }

    /// What the nodes wrote about failures, for whoever must find out why.
    String errors() throws IOException {
        StringBuilder all = new StringBuilder();
        for (RunningProduct node : nodes) {
            List<String> lines = node.output().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(" ERROR ")) {
                    all.append(String.join("\n", lines.subList(i, Math.min(i + 4, lines.size()))));
                    all.append('\n');
                } else if (lines.get(i).startsWith("Caused by:")) {
                    all.append(lines.get(i)).append('\n');
                }
            }
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (RunningProduct node : nodes) {
            node.terminate();
        }
        for (RunningProduct node : nodes) {
            node.close();
        }
        for (TcpProxy proxy : proxies) {
            proxy.close();
        }
        database.close();
    }
}
