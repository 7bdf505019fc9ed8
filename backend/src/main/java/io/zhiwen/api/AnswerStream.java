package io.zhiwen.api;

import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.SameRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// One answer as server-sent events. It stops when its reader leaves, loses the right to it, or
/// waited too long.
final class AnswerStream {

    private static final Logger log = LoggerFactory.getLogger(AnswerStream.class);
    /// Who loses a right reads no further than this.
    static final Duration PULSE = Duration.ofSeconds(3);

    private static final int PULSES_PER_HEARTBEAT = 5;

    private final Answers.Work work;
    private final AnswerFormat format;
    private final Duration pulse;
    private final SseEmitter emitter = new SseEmitter(0L);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();

    /// Held for the last word, which nobody closes the stream before.
    private final Lock last = new ReentrantLock();

    AnswerStream(Answers.Work work, AnswerFormat format) {
        this(work, format, PULSE);
    }

    AnswerStream(Answers.Work work, AnswerFormat format, Duration pulse) {
        this.work = work;
        this.format = format;
        this.pulse = pulse;
    }

    /// @param allowed asked every few seconds
    /// @param left called once, at the end
    SseEmitter start(BooleanSupplier allowed, Runnable left) {
        emitter.onError(_ -> stopped.set(true));
        emitter.onCompletion(() -> stopped.set(true));
        Thread.ofVirtual().name("api-answer").start(SameRequest.of(() -> run(left)));
        Thread.ofVirtual().name("api-answer-pulse").start(SameRequest.of(() -> pulse(allowed)));
        return emitter;
    }

    /// Ends it now, whatever the answer is doing.
    void end(String code, String detail) {
        last.lock();
        try {
            if (stopped.compareAndSet(false, true)) {
                send(format.error(code, detail));
                emitter.complete();
            }
        } finally {
            last.unlock();
        }
    }

    private void run(Runnable left) {
        try {
            format.opening().forEach(this::send);
            work.run(this::tell, stopped::get);
        } catch (RuntimeException e) {
            log.error("an answer of the API broke off", e);
            send(format.error("internal", "Something went wrong here."));
        } finally {
            over.countDown();
            left.run();
            close();
        }
    }

    private void close() {
        last.lock();
        try {
            emitter.complete();
        } finally {
            last.unlock();
        }
    }

    private void tell(AnswerEvent event) {
        if (stopped.get()) {
            return;
        }
        format.of(event).forEach(this::send);
    }

    private void pulse(BooleanSupplier allowed) {
        long end = System.nanoTime() + Answers.LONGEST.toNanos();
        try {
            for (int n = 1; !over.await(pulse.toMillis(), TimeUnit.MILLISECONDS); n++) {
                if (!isAllowed(allowed)) {
                    end("forbidden", "The key may not read this any more.");
                } else if (System.nanoTime() - end > 0) {
                    end("too-slow", "The answer took too long.");
                } else if (n % PULSES_PER_HEARTBEAT == 0) {
                    write(SseEmitter.event().comment("still here"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end("shutting-down", "The server is restarting.");
        }
    }

    /// A right that cannot be looked up is none.
    private static boolean isAllowed(BooleanSupplier allowed) {
        try {
            return allowed.getAsBoolean();
        } catch (RuntimeException e) {
            log.warn("an answer of the API ends because its rights cannot be checked", e);
            return false;
        }
    }

    private void send(AnswerFormat.Event event) {
        var built = SseEmitter.event();
        if (event.name() != null) {
            built.name(event.name());
        }
        write(built.data(event.data(), MediaType.APPLICATION_JSON));
    }

    private void write(SseEmitter.SseEventBuilder event) {
        try {
            emitter.send(event);
        } catch (IOException | IllegalStateException e) {
            log.debug("the reader of an answer left", e);
            stopped.set(true);
        }
    }
}
