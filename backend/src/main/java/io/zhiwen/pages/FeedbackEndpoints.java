package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.Feedbacks;
import io.zhiwen.conversation.feedback.Reason;
import io.zhiwen.conversation.feedback.Verdict;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The thumbs beneath an answer.
@RestController
@RequestMapping("/app/answers/{answer}/feedback")
class FeedbackEndpoints {

    private final Feedbacks feedbacks;

    FeedbackEndpoints(Feedbacks feedbacks) {
        this.feedbacks = feedbacks;
    }

    record Rated(
            boolean good,
            @Nullable String reason,
            @Nullable String comment,
            @Nullable String correction) {

        Verdict verdict() {
            return new Verdict(
                    good,
                    reason == null ? null : Reason.of(reason).orElse(null),
                    comment == null ? "" : comment,
                    correction == null ? "" : correction);
        }
    }

    @PutMapping
    ResponseEntity<Void> rate(
            Principal.User me, @PathVariable UUID answer, @RequestBody Rated rated) {
        if (!feedbacks.rate(me, answer, rated.verdict())) {
            throw new Faults.Gone();
        }
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping
    ResponseEntity<Void> withdraw(Principal.User me, @PathVariable UUID answer) {
        feedbacks.withdraw(me, answer);
        return ResponseEntity.noContent().build();
    }
}
