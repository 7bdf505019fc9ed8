package io.zhiwen.operate.telemetry;

import io.opentelemetry.api.trace.Tracer;
import io.zhiwen.ask.AskObserver;
import io.zhiwen.ask.retrieve.Leg;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.MDC;

/// One trace a question: understand (a follow-up made to stand alone), retrieve with its legs,
/// fuse and rerank, prompt, and the language model until its first word and after it. Nothing of
/// what was asked or found.
final class QuestionSpans implements AskObserver {

    private final Tracer tracer;

    QuestionSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void answered(Answered answered) {
        Drawn question =
                Drawn.root(tracer, "question", answered.took())
                        .with("zhiwen.outcome", answered.outcome().name().toLowerCase(Locale.ROOT));
        var request = MDC.get("requestId");
        if (request != null) {
            question.with("zhiwen.request_id", request);
        }
        if (answered.note() != null) {
            question.with("zhiwen.note", answered.note());
        }
        if (answered.outcome() == Outcome.FAILED) {
            question.failed("no answer");
        }
        Duration from = Duration.ZERO;
        for (Lap lap : answered.laps()) {
            Drawn stage = question.child(name(lap), from, lap.took());
            if (lap.stage().equals("retrieve") && answered.retrieved() != null) {
                retrieval(stage, answered.retrieved());
            }
            stage.done();
            from = from.plus(lap.took());
        }
        question.done();
    }

    private static String name(Lap lap) {
        return switch (lap.stage()) {
            case "question" -> "understand";
            case "firstToken" -> "llm first token";
            case "write" -> "llm write";
            default -> lap.stage();
        };
    }

    private static void retrieval(Drawn stage, Retrieved retrieved) {
        Duration legs = Duration.ZERO;
        for (Leg leg : retrieved.legs()) {
            Drawn drawn =
                    stage.child("leg " + leg.ranking().leg(), Duration.ZERO, leg.took())
                            .with("zhiwen.candidates", leg.ranking().hits().size());
            if (leg.missing() != null) {
                drawn.failed("missing");
            }
            drawn.done();
            legs = legs.compareTo(leg.took()) < 0 ? leg.took() : legs;
        }
        stage.child("fuse", legs, retrieved.fuse()).done();
        Duration fused = legs.plus(retrieved.fuse());
        stage.child("load", fused, retrieved.load()).done();
        stage.child("rerank", fused.plus(retrieved.load()), retrieved.rerank())
                .with("zhiwen.candidates", retrieved.reread())
                .with("zhiwen.over_budget", Boolean.toString(retrieved.overBudget()))
                .done();
    }
}
