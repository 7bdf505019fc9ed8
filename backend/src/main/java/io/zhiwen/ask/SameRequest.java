package io.zhiwen.ask;

import java.util.Map;
import org.slf4j.MDC;

/// Work of a request that goes on in another thread: its log lines carry the request's id too.
public final class SameRequest {

    private SameRequest() {}

    public static Runnable of(Runnable work) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return () -> {
            if (context != null) {
                MDC.setContextMap(context);
            }
            try {
                work.run();
            } finally {
                MDC.clear();
            }
        };
    }
}
