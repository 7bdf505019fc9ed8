package io.zhiwen.evaluate.inspect;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.Profile;
import io.zhiwen.ask.Retrieval;
import io.zhiwen.ask.RetrievalSteps;
import io.zhiwen.ask.Selection;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.stream.LlmSettings;
import io.zhiwen.ask.stream.ModelInterpreter;
import io.zhiwen.ask.stream.Models;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Takes one question the way the chat takes it, up to the passages an answer is made from, and
/// keeps every step. The stages are the chat's own objects; a test compares what both come to. Safe
/// for concurrent use.
@Component
public class Inspector {

    private final Questions questions;
    private final Retrieval retrieval;
    private final Prompts prompts;
    private final LlmSettings llm;
    private final Models models;

    Inspector(
            Questions questions,
            Retrieval retrieval,
            Prompts prompts,
            LlmSettings llm,
            Models models) {
        this.questions = questions;
        this.retrieval = retrieval;
        this.prompts = prompts;
        this.llm = llm;
        this.models = models;
    }

    /// @throws io.zhiwen.ask.question.UnusableQuestion when it has no words or too many
    public Inspection inspect(String typed, Scope scope, Profile profile) {
        Question question =
                questions
                        .read(typed, List.of(), scope, () -> false)
                        .saidBy(new ModelInterpreter(models, scope, () -> false));
        List<RetrievalSteps> steps = new ArrayList<>();
        List<Passage> found =
                retrieval.find(
                        question,
                        profile.answers().passages(),
                        profile.retrieval(),
                        new Trace.Recorder(steps::add));
        Selection selection = Selection.of(found, profile.answers());
        return new Inspection(question, steps, selection, sent(question, selection.kept()));
    }

    /// Without a model all that is kept is read.
    private List<Passage> sent(Question question, List<Passage> kept) {
        return kept.isEmpty() || !llm.isConfigured()
                ? kept
                : prompts.assemble(question, List.of(), kept, llm.maxTokens()).sent();
    }
}
