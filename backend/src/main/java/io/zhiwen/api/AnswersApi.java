package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.AnswerWays;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// How answers came about, after the fact.
@RestController
@Tag(name = "Search and answers")
class AnswersApi {

    @Schema(name = "AnswerTrace")
    record WayJson(
            @Schema(description = "As `trace_id` in the answer.") @JsonProperty("answer_id")
                    UUID answer,
            String question,
            @JsonProperty("asked_at") Instant at,
            @Schema(description = "Whether this key, or the user it acts for, asked.") boolean own,
            @Schema(description = "What was understood, searched, judged, sent and checked.")
                    Map<String, Object> trace) {}

    private final AnswerWays ways;

    AnswersApi(AnswerWays ways) {
        this.ways = ways;
    }

    @GetMapping("/api/v1/answers/{answer}/trace")
    @Operation(
            summary = "See how an answer came about",
            description =
                    "For whoever asked; for keys with all rights, and for keys that manage every"
                            + " knowledge base the answer rests on. These get neither the answer's"
                            + " words nor what was said before it, and nothing of an answer asked"
                            + " beside files of one chat.")
    WayJson trace(Principal.Key key, @PathVariable UUID answer) {
        return ways.open(key, answer)
                .map(
                        way ->
                                new WayJson(
                                        way.answer(),
                                        way.question(),
                                        way.at(),
                                        way.own(),
                                        way.entries()))
                .orElseThrow(() -> new NotThere("answer"));
    }
}
