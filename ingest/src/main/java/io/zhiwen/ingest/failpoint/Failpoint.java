package io.zhiwen.ingest.failpoint;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The places on a document's way where the process can be made to die, so that tests can prove
/// that nothing is lost there. `-Dzhiwen.failpoint=after-rename:3` ends it at the third pass as
/// `kill -9` does; `…:3:freeze` stops it there as `kill -STOP` does, until somebody sends `CONT`.
///
/// The property is read once, when this class is loaded; without it [#pass] is one comparison with
/// a constant. No setting of the product reaches it: only the command line of the process does.
public enum Failpoint {
    MID_BLOB,
    AFTER_RENAME,
    /// The upload is safe, its sender does not know it yet.
    AFTER_INSERT_COMMIT,
    AFTER_CLAIM,
    MID_PARSE,
    AFTER_PARSE,
    MID_EMBEDDING,
    BEFORE_CHUNK_COMMIT,
    AFTER_CHUNK_COMMIT,
    BEFORE_INDEX_COMMIT,
    AFTER_INDEX_COMMIT,
    BEFORE_PUBLISH,
    AFTER_PUBLISH,
    MID_DELETE;

    private static final String PROPERTY = "zhiwen.failpoint";
    private static final int KILLED = 137;
    private static final @Nullable Armed ARMED = Armed.read(System.getProperty(PROPERTY));

    /// Says that the process is here now.
    public void pass() {
        if (ARMED != null && ARMED.at == this) {
            ARMED.pass();
        }
    }

    /// As it is written in the property, e.g. `after-rename`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static final class Armed {

        private final Failpoint at;
        private final AtomicInteger left;
        private final boolean freezes;

        private Armed(Failpoint at, int pass, boolean freezes) {
            this.at = at;
            this.left = new AtomicInteger(pass);
            this.freezes = freezes;
        }

        static @Nullable Armed read(@Nullable String written) {
            if (written == null) {
                return null;
            }
            String[] parts = written.split(":", -1);
            Failpoint at = valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
            int pass = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            return new Armed(at, pass, parts.length > 2 && parts[2].equals("freeze"));
        }

        void pass() {
            if (left.decrementAndGet() != 0) {
                return;
            }
            System.err.println("failpoint " + at.key());
            if (freezes) {
                freeze();
            } else {
                Runtime.getRuntime().halt(KILLED);
            }
        }

        private static void freeze() {
            String self = Long.toString(ProcessHandle.current().pid());
            try {
                new ProcessBuilder("kill", "-STOP", self).start().waitFor();
            } catch (IOException e) {
                throw new IllegalStateException("cannot freeze", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
