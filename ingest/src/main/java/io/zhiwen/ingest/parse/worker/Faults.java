package io.zhiwen.ingest.parse.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// What a parser can do to its process, on demand, so that tests can see the process contained.
/// Only where the property is set, which nothing but a test does.
final class Faults {

    static final boolean ENABLED = Boolean.getBoolean("zhiwen.parse.faults");

    private static final String MAGIC = "ZHIWEN-FAULT ";

    private Faults() {}

    static void commit(Path file) throws IOException {
        String text = start(file);
        if (!text.startsWith(MAGIC)) {
            return;
        }
        String fault = text.substring(MAGIC.length()).strip();
        switch (fault) {
            case "hang" -> hang();
            case "oom" -> fillHeap();
            case "exit" -> System.exit(7);
            case "flood" -> flood();
            case "nonsense" -> nonsense();
            case "complain" -> complain();
            case "litter" -> litter();
            case "child-hang" -> {
                child();
                hang();
            }
            case "child-exit" -> {
                child();
                Runtime.getRuntime().halt(9);
            }
            case "environment" ->
                    throw new Refused(
                            io.zhiwen.ingest.parse.UnreadableDocument.Reason.UNSUPPORTED,
                            System.getenv().keySet().toString());
            case "deep" -> deep(1);
            default -> throw new IllegalArgumentException(fault);
        }
    }

    private static String start(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
        }
    }

    private static void hang() {
        CountDownLatch never = new CountDownLatch(1);
        boolean patient = true;
        while (patient) {
            try {
                never.await();
                patient = false;
            } catch (InterruptedException e) {
                patient = true;
            }
        }
    }

    private static void fillHeap() {
        List<byte[]> heap = new ArrayList<>();
        while (heap.size() < Integer.MAX_VALUE) {
            heap.add(new byte[1 << 20]);
        }
    }

    private static void flood() throws IOException {
        byte[] batch =
                ("{\"reading\":false,\"pages\":0,\"ofPages\":0,\"pictures\":[],\"blocks\":[{\"kind\":\"PARAGRAPH\",\"level\":0,\"text\":\""
                                + "x".repeat(1 << 20)
                                + "\",\"rows\":[],\"headerRows\":0}]}")
                        .getBytes(StandardCharsets.UTF_8);
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            while (true) {
                out.write(ByteBuffer.allocate(4).putInt(batch.length).array());
                out.write(batch);
            }
        }
    }

    private static void nonsense() throws IOException {
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write("Segmentation fault (not really)\n".getBytes(StandardCharsets.UTF_8));
            hang();
        }
    }

    private static void complain() {
        for (int i = 0; i < 100_000; i++) {
            System.err.println("a line that nobody reads, number " + i);
        }
    }

    private static void litter() throws IOException {
        Files.writeString(Files.createTempFile("left", ".tmp"), "behind");
        Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "a", "b"));
    }

    private static void child() throws IOException {
        new ProcessBuilder("/bin/sleep", "987").start();
    }

    private static int deep(int depth) {
        return depth == 0 ? 0 : deep(depth + 1) + depth;
    }
}
