package io.zhiwen.ask;

import io.zhiwen.ask.forbid.Guards;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.retrieve.SearchUnavailable;
import io.zhiwen.ask.stream.ExtractiveEngine;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.Summaries;
import io.zhiwen.ask.table.Computing;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.priority.QuestionsFirst;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The stages in their order: question, retrieve (with fuse and rerank), prompt, stream, cite.
/// Holds what they need; each answer is one `AnswerRun`.
@Component
class Pipeline implements Answering {

    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    final Questions questions;
    final Retrieval retrieval;
    final Freshness freshness;
    final Prompts prompts;
    final Models models;
    final ExtractiveEngine extractive;
    final TraceStore traces;
    final LiveProfile live;
    final Encoders encoders;
    final TokenLedger tokens;
    final Guards guards;
    final Summaries summaries;
    final Approvals approvals;
    final Computing computing;
    final QuestionsFirst first;
    private final AskObserver observer;

    Pipeline(
            Questions questions,
            Retrieval retrieval,
            Freshness freshness,
            Prompts prompts,
            Models models,
            ExtractiveEngine extractive,
            TraceStore traces,
            LiveProfile live,
            Encoders encoders,
            TokenLedger tokens,
            Guards guards,
            Summaries summaries,
            Approvals approvals,
            Computing computing,
            QuestionsFirst first,
            List<AskObserver> observers) {
        this.questions = questions;
        this.retrieval = retrieval;
        this.freshness = freshness;
        this.prompts = prompts;
        this.models = models;
        this.extractive = extractive;
        this.traces = traces;
        this.live = live;
        this.encoders = encoders;
        this.tokens = tokens;
        this.guards = guards;
        this.summaries = summaries;
        this.approvals = approvals;
        this.computing = computing;
        this.first = first;
        this.observer = AskObserver.all(observers);
    }

    @Override
    public void answer(Ask ask, Consumer<AnswerEvent> events, BooleanSupplier stop) {
        String asked = questions.checked(ask.question());
        var out = new Out(events);
        var trace = new AnswerTrace();
        observer.began();
        try {
            new AnswerRun(this, ask, asked, out, stop, trace).run();
        } catch (RuntimeException e) {
            if (out.readerFailed() || out.hasEnded()) {
                throw e;
            }
            log.error("an answer failed", e);
            boolean later = e instanceof SearchUnavailable;
            out.give(new AnswerEvent.Failed(later ? "error.search" : "error.internal"));
        } finally {
            observer.answered(trace.told());
        }
    }

    /// Gives events to the asker; knows whose fault an exception is.
    static final class Out {

        private final Consumer<AnswerEvent> events;
        private boolean inReader;
        private boolean ended;

        private Out(Consumer<AnswerEvent> events) {
            this.events = events;
        }

        void give(AnswerEvent event) {
            if (ended) {
                throw new IllegalStateException("an event after the last: " + event);
            }
            ended = event.isLast();
            inReader = true;
            events.accept(event);
            inReader = false;
        }

        private boolean readerFailed() {
            return inReader;
        }

        private boolean hasEnded() {
            return ended;
        }
    }
}
