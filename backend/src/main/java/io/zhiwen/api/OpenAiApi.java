package io.zhiwen.api;

import io.zhiwen.account.Principal;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.question.Questions;
import jakarta.validation.Valid;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// For programs that speak to OpenAI: a knowledge base or an assistant is a model, its answers are
// completions.
@RestController
@RequestMapping("/v1")
class OpenAiApi {

    record ModelJson(String id, String object, long created, String owned_by, String name) {

        private static ModelJson of(BaseModels.BaseModel model) {
            return new ModelJson(
                    model.id(), "model", model.created().getEpochSecond(), "zhiwen", model.name());
        }
    }

    record ModelsJson(String object, List<ModelJson> data) {}

    private final BaseModels models;
    private final Answers answers;
    private final Questions questions;
    private final Citing citing;
    private final Sentences sentences;
    private final InstantSource clock;

    OpenAiApi(
            BaseModels models,
            Answers answers,
            Questions questions,
            Citing citing,
            Sentences sentences,
            InstantSource clock) {
        this.models = models;
        this.answers = answers;
        this.questions = questions;
        this.citing = citing;
        this.sentences = sentences;
        this.clock = clock;
    }

    @GetMapping("/models")
    ModelsJson models(Principal.Key key) {
        return new ModelsJson("list", models.of(key).stream().map(ModelJson::of).toList());
    }

    @GetMapping("/models/{id}")
    ModelJson model(Principal.Key key, @PathVariable String id) {
        return ModelJson.of(models.named(key, id));
    }

    @PostMapping("/chat/completions")
    ResponseEntity<?> complete(
            Principal.Key key,
            @Valid @RequestBody CompletionRequest wanted,
            @RequestHeader HttpHeaders headers) {
        var model = models.named(key, wanted.model());
        var chat = wanted.chat();
        var ask =
                new Answering.Ask(
                                questions.checked(chat.question()),
                                chat.history(),
                                models.scope(
                                        key,
                                        model,
                                        Ids.choice(null, wanted.folderIds(), wanted.documentIds())),
                                key.id().toString())
                        .sampled(wanted.sampling());
        var language = Sentences.language(headers);
        long created = clock.instant().getEpochSecond();
        if (wanted.wantsStream()) {
            var events =
                    new CompletionEvents(
                            model.id(),
                            created,
                            wanted.wantsUsage(),
                            cited -> citing.told(key, cited),
                            sentences,
                            language);
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .cacheControl(CacheControl.noStore())
                    .header("X-Accel-Buffering", "no")
                    .body(answers.stream(key, ask, events));
        }
        var thinking = new StringBuilder();
        var answer =
                answers.whole(
                        key,
                        ask,
                        event -> {
                            if (event instanceof AnswerEvent.Thinking(var text)) {
                                thinking.append(text);
                            }
                        });
        var message =
                new CompletionJson.Message(
                        "assistant",
                        answer.text(),
                        thinking.isEmpty() ? null : thinking.toString());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        new CompletionJson.Completion(
                                CompletionJson.newId(),
                                "chat.completion",
                                created,
                                model.id(),
                                List.of(
                                        new CompletionJson.Choice(
                                                0,
                                                message,
                                                null,
                                                CompletionJson.finishReason(answer))),
                                CompletionJson.Usage.of(answer),
                                CompletionJson.Extra.of(
                                        answer,
                                        citing.told(key, answer.citations()),
                                        sentences,
                                        language)));
    }
}
