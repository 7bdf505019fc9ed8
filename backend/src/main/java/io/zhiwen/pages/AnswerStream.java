package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.cite.Citation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// One browser that reads a running answer: its events in words, its text as rendered blocks of
/// which only those are sent that changed. While this reader is busy the answer's next pieces join,
/// so a slow one gets fewer and larger events.
final class AnswerStream implements Consumer<AnswerEvent> {

    private static final Logger log = LoggerFactory.getLogger(AnswerStream.class);

    static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration BETWEEN_TEXTS = Duration.ofMillis(40);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(4);
    private static final TimeUnit MILLIS = TimeUnit.MILLISECONDS;

    private final SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Principal reader;
    private final Turns turns;
    private final Words words;
    private final Locale locale;
    private final StringBuilder text = new StringBuilder();
    private List<Citation> sources = List.of();
    private List<String> sent = List.of();

    AnswerStream(Principal reader, Turns turns, Words words, Locale locale) {
        this.reader = reader;
        this.turns = turns;
        this.words = words;
        this.locale = locale;
        emitter.onCompletion(closed::countDown);
        emitter.onTimeout(closed::countDown);
        emitter.onError(_ -> closed.countDown());
    }

    SseEmitter emitter() {
        return emitter;
    }

    /// Keeps the line awake, and ends it soon after its reader may no longer read.
    void watch(BooleanSupplier mayRead, Runnable afterwards) {
        Thread.ofVirtual()
                .name("answer-watch")
                .start(
                        () -> {
                            try {
                                keepAwake(mayRead);
                            } finally {
                                afterwards.run();
                            }
                        });
    }

    private void keepAwake(BooleanSupplier mayRead) {
        try {
            while (!closed.await(BETWEEN_CHECKS.toMillis(), MILLIS)) {
                if (!isTrue(mayRead)) {
                    emitter.complete();
                    return;
                }
                // only writing shows that a page was closed
                emitter.send(SseEmitter.event().comment("still here"));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException _) {
            closed.countDown();
        }
    }

    /// A right that cannot be looked up is none; the page comes again.
    private static boolean isTrue(BooleanSupplier mayRead) {
        try {
            return mayRead.getAsBoolean();
        } catch (RuntimeException e) {
            log.warn("a stream ends because its rights cannot be checked: {}", e.getMessage());
            return false;
        }
    }

    /// Without a last event, so that its page takes the answer up again elsewhere.
    void breakOff() {
        emitter.complete();
    }

    /// @param question id of its message
    void begin(String id, String title, String question) {
        send("conversation", Map.of("id", id, "title", title, "question", question));
    }

    @Override
    public void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Stage stage ->
                    send("stage", Map.of("name", stage.name(), "text", text(stage)));
            case AnswerEvent.Sources(List<Citation> passages) -> {
                sources = passages;
                send("sources", Map.of("items", turns.sources(reader, passages, locale)));
            }
            case AnswerEvent.Token(String piece) -> {
                text.append(piece);
                show();
                pause();
            }
            case AnswerEvent.Thinking(String piece) -> {
                send("thinking", Map.of("text", piece));
                pause();
            }
            case AnswerEvent.Restarted(String note) -> {
                text.setLength(0);
                sent = List.of();
                var said = words.sayOr(locale, note, "error.unknown");
                send("restarted", Map.of("note", said));
            }
            case AnswerEvent.Finished(Answer answer) -> end("complete", answer);
            case AnswerEvent.Stopped(Answer answer) -> end("stopped", answer);
            case AnswerEvent.Failed(String code) -> {
                var said = words.sayOr(locale, code, "error.unknown");
                send("failed", Map.of("message", said));
                emitter.complete();
            }
        }
    }

    private String text(AnswerEvent.Stage stage) {
        var seconds = stage.seconds();
        return seconds == null
                ? words.say(locale, "chat.stage." + stage.name(), stage.count())
                : words.say(locale, "chat.stage." + stage.name() + ".time", stage.count(), seconds);
    }

    /// Sends the blocks from the first that differs.
    private void show() {
        var blocks = turns.blocks(text.toString(), sources);
        int from = 0;
        while (from < Math.min(blocks.size(), sent.size())
                && blocks.get(from).equals(sent.get(from))) {
            from++;
        }
        if (from < blocks.size() || sent.size() > blocks.size()) {
            send("blocks", Map.of("from", from, "html", blocks.subList(from, blocks.size())));
            sent = new ArrayList<>(blocks);
        }
    }

    private void end(String state, Answer answer) {
        var note =
                state.equals("stopped") && answer.note() == null
                        ? words.say(locale, "chat.stopped")
                        : turns.note(answer.note(), answer.engine(), answer.refused(), locale);
        send(
                "done",
                Map.of(
                        "state", state,
                        "answer", answer.trace().toString(),
                        "fallback", Answer.isFallback(answer.note()),
                        "refused", Answer.foundNothing(answer.refused(), answer.note()),
                        "approved", answer.engine() == Answer.Engine.APPROVED,
                        "note", note,
                        "html", turns.blocks(answer.text(), answer.citations()),
                        "items", turns.sources(reader, answer.citations(), locale)));
        emitter.complete();
    }

    private void send(String name, Object data) {
        try {
            emitter.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
        } catch (IOException e) {
            closed.countDown();
            throw new UncheckedIOException(e);
        }
    }

    private void pause() {
        try {
            if (closed.await(BETWEEN_TEXTS.toMillis(), MILLIS)) {
                throw new IllegalStateException("the reader left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
