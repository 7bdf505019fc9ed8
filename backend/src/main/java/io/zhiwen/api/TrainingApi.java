package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.FeedbackChoice;
import io.zhiwen.conversation.feedback.Rating;
import io.zhiwen.conversation.training.LeftOut;
import io.zhiwen.conversation.training.TrainingExport;
import io.zhiwen.conversation.training.TrainingForm;
import io.zhiwen.conversation.training.TrainingSummary;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Rated answers as data to fine-tune a model with.
@RestController
@RequestMapping("/api/v1/feedback/training")
@Tag(name = "Feedback")
class TrainingApi {

    private static final String JSON_LINES = "application/jsonl";

    @Schema(name = "TrainingRequest")
    record Wanted(
            @Schema(
                            description = "What a line holds.",
                            defaultValue = "chat",
                            allowableValues = {"chat", "preference", "context", "text"})
                    @Nullable String form,
            @Schema(description = "Answers that rest on one of these; all when left out.")
                    @JsonProperty("knowledge_base_ids")
                    @Nullable List<@NotNull UUID> bases,
            @Schema(description = "When they were rated.") @Nullable Instant since,
            @Schema(description = "Exclusive.") @Nullable Instant until,
            @Schema(description = "Any of `good`, `corrected`, `bad`; all when left out.")
                    @Nullable List<@NotNull String> ratings,
            @Schema(description = "Leave out what these rated, as `reader` in the feedback.")
                    @JsonProperty("without_readers")
                    @Nullable List<@NotNull String> without,
            @Schema(description = "Only these ratings.")
                    @Size(max = FeedbackChoice.MOST_TICKED)
                    @JsonProperty("feedback_ids")
                    @Nullable List<@NotNull UUID> ids,
            @Schema(description = "Words of question or answer.") @Size(max = 200)
                    @Nullable String words,
            @Schema(
                            description = "Only these lines; both when left out.",
                            allowableValues = {"train", "test"})
                    @Nullable String split) {

        FeedbackChoice choice() {
            return new FeedbackChoice(
                    set(bases).stream().map(KnowledgeBaseId::new).collect(Collectors.toSet()),
                    since,
                    until,
                    set(ratings).stream().map(Wanted::rating).collect(Collectors.toSet()),
                    set(without),
                    set(ids),
                    words == null ? "" : words);
        }

        TrainingForm known() {
            return named(form == null ? "chat" : form);
        }

        boolean takes(String part) {
            if (split != null && !split.equals("train") && !split.equals("test")) {
                throw new Refused(
                        HttpStatus.BAD_REQUEST, "unknown-split", "It is train or test.", "split");
            }
            return split == null || split.equals(part);
        }

        private static Rating rating(String code) {
            return Rating.of(code)
                    .orElseThrow(
                            () ->
                                    new Refused(
                                            HttpStatus.BAD_REQUEST,
                                            "unknown-rating",
                                            "A rating is good, corrected or bad.",
                                            "ratings"));
        }

        private static <T> Set<T> set(@Nullable List<T> given) {
            return given == null ? Set.of() : new HashSet<>(given);
        }
    }

    @Schema(name = "TrainingSummary")
    record SummaryJson(
            @Schema(description = "Rated answers.") int chosen,
            int lines,
            int train,
            int test,
            @Schema(description = "Personal numbers, addresses and keys that are masked.")
                    int masked,
            @Schema(description = "That were sent and may no longer be read.")
                    @JsonProperty("passages_left_out")
                    int passages,
            @Schema(
                            description =
                                    "How many of the chosen are in no line, by why: no-trace,"
                                            + " attached, base, document, bad, empty, no-pair.")
                    @JsonProperty("left_out")
                    Map<String, Integer> leftOut) {

        static SummaryJson of(TrainingSummary summary) {
            Map<String, Integer> leftOut = new TreeMap<>();
            summary.leftOut().forEach((LeftOut why, Integer n) -> leftOut.put(why.code(), n));
            return new SummaryJson(
                    summary.chosen(),
                    summary.lines(),
                    summary.train(),
                    summary.test(),
                    summary.masked(),
                    summary.passages(),
                    leftOut);
        }
    }

    private final TrainingExport training;

    TrainingApi(TrainingExport training) {
        this.training = training;
    }

    @GetMapping(produces = JSON_LINES)
    @Operation(
            summary = "Fine-tune a model with all rated answers",
            description = "As the POST does it with nothing but a form chosen.")
    ResponseEntity<byte[]> all(
            Principal.Key key, @RequestParam(defaultValue = "chat") String form) {
        return lines(key, new Wanted(form, null, null, null, null, null, null, null, null));
    }

    @PostMapping(produces = JSON_LINES)
    @Operation(
            summary = "Fine-tune a model with chosen rated answers",
            description =
                    "JSON lines, each with its `split` and where it comes from. Personal data and"
                            + " keys are masked; no document is in both splits; what rests on"
                            + " documents that are gone or not yours to read is left out. For keys"
                            + " with all rights.")
    ResponseEntity<byte[]> chosen(Principal.Key key, @Valid @RequestBody Wanted wanted) {
        return lines(key, wanted);
    }

    @PostMapping("/summary")
    @Operation(
            summary = "Count what chosen rated answers would give",
            description = "And what would be left out, and why. For keys with all rights.")
    SummaryJson summary(Principal.Key key, @Valid @RequestBody Wanted wanted) {
        return SummaryJson.of(training.summary(key, wanted.choice(), wanted.known()));
    }

    private ResponseEntity<byte[]> lines(Principal.Key key, Wanted wanted) {
        boolean train = wanted.takes("train");
        boolean test = wanted.takes("test");
        var made = training.export(key, wanted.choice(), wanted.known());
        var lines =
                Stream.concat(
                                train ? made.train().stream() : Stream.empty(),
                                test ? made.test().stream() : Stream.empty())
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
        return ResponseEntity.ok(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static TrainingForm named(String code) {
        return TrainingForm.of(code)
                .orElseThrow(
                        () ->
                                new Refused(
                                        HttpStatus.BAD_REQUEST,
                                        "unknown-form",
                                        "A form is chat, preference, context or text.",
                                        "form"));
    }
}
