package io.zhiwen.ingest.priority;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Threads that take what the others leave of the processor, as `nice` does for a process. Java's
/// own priorities mean nothing on Linux without root, so the C library is asked; elsewhere threads
/// stay as they are.
///
/// What such a thread starts, threads and processes, has the same priority and cannot get a higher
/// one: it is for threads that start nothing others wait for.
public final class LowPriority {

    private static final Logger log = LoggerFactory.getLogger(LowPriority.class);

    /// That of the parse workers. Beside a busy thread it has about a tenth of a core.
    static final int NICE = 10;

    private static final int THIS_THREAD = 0;
    private static final int PRIO_PROCESS = 0;

    private static final @Nullable MethodHandle SET_PRIORITY = find();

    private LowPriority() {}

    /// Daemons of that name and a number.
    public static ThreadFactory threads(String name) {
        ThreadFactory factory = Thread.ofPlatform().name(name, 0).daemon().factory();
        return work -> factory.newThread(of(work));
    }

    /// The work, on a thread that is of low priority from then on.
    public static Runnable of(Runnable work) {
        return () -> {
            lower();
            work.run();
        };
    }

    private static void lower() {
        if (SET_PRIORITY == null) {
            return;
        }
        try {
            int failed = (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, THIS_THREAD, NICE);
            if (failed != 0) {
                log.debug("this thread's priority stays as it is");
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority", e);
        }
    }

    /// Only Linux means a thread by it; others would slow the whole process.
    @SuppressWarnings("restricted") // the launcher enables native access
    private static @Nullable MethodHandle find() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("setpriority")
                .map(
                        found ->
                                linker.downcallHandle(
                                        found,
                                        FunctionDescriptor.of(
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.JAVA_INT)))
                .orElse(null);
    }
}
