package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.conversation.AnswerHtml;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Answers what is asked in a widget, with the rights of the widget. Nothing of it is kept for its
/// visitor: the page sends what was said before.
@Hidden
@RestController
class WidgetDoor {

    record Asked(
            @NotBlank String question,
            @Size(max = 6) @Nullable List<@Valid @NotNull Earlier> history) {

        List<Turn> turns() {
            return history == null ? List.of() : history.stream().map(Earlier::turn).toList();
        }
    }

    record Earlier(
            @NotBlank @Size(max = 4000) String question, @NotNull @Size(max = 8000) String answer) {

        Turn turn() {
            return new Turn(question, answer);
        }
    }

    private final Answers answers;
    private final Questions questions;
    private final Access access;
    private final Citing citing;
    private final Sentences sentences;
    private final AnswerHtml html;

    WidgetDoor(
            Answers answers,
            Questions questions,
            Access access,
            Citing citing,
            Sentences sentences,
            AnswerHtml html) {
        this.answers = answers;
        this.questions = questions;
        this.access = access;
        this.citing = citing;
        this.sentences = sentences;
        this.html = html;
    }

    @PostMapping("/widget/{key}/ask")
    ResponseEntity<SseEmitter> ask(
            Principal.Key widget,
            @PathVariable String key,
            @Valid @RequestBody Asked asked,
            Locale locale) {
        var ask =
                new Answering.Ask(
                        questions.checked(asked.question()),
                        asked.turns(),
                        access.chosenBy(widget, Right.ASK, List.of()),
                        widget.id().toString());
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(
                        answers.stream(
                                widget,
                                ask,
                                new WidgetEvents(
                                        cited -> citing.lives(widget, cited),
                                        sentences,
                                        html,
                                        locale)));
    }
}
