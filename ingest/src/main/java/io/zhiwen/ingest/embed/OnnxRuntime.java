package io.zhiwen.ingest.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// ONNX Runtime with its telemetry off. From 1.29 on the library reports to its maker over the
/// network unless `ORT_DISABLE_TELEMETRY` is in the process's environment when it is first used,
/// and the code that prepares the reports crashes the process when its command line is longer
/// than 4 KiB. Java cannot change its own environment, so the C library is asked to.
final class OnnxRuntime {

    private static final OrtEnvironment ENVIRONMENT = open();

    private OnnxRuntime() {}

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    private static OrtEnvironment open() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("setenv").ifPresent(setenv -> silence(linker, setenv));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("the telemetry of ONNX Runtime stays on", e);
        }
        return environment;
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static void silence(Linker linker, MemorySegment setenv) {
        MethodHandle call =
                linker.downcallHandle(
                        setenv,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed =
                    (int)
                            call.invokeExact(
                                    arena.allocateFrom("ORT_DISABLE_TELEMETRY"),
                                    arena.allocateFrom("1"),
                                    1);
            if (failed != 0) {
                throw new IllegalStateException("the environment cannot be set");
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv", e);
        }
    }
}
