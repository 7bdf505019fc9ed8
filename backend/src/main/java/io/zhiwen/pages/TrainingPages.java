package io.zhiwen.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.FeedbackChoice;
import io.zhiwen.conversation.feedback.RatedAnswers;
import io.zhiwen.conversation.feedback.Rating;
import io.zhiwen.conversation.training.LeftOut;
import io.zhiwen.conversation.training.TrainingExport;
import io.zhiwen.conversation.training.TrainingForm;
import io.zhiwen.conversation.training.TrainingSummary;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/// Rated answers, chosen by admins to fine-tune a model with.
@Controller
class TrainingPages {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RatedAnswers rated;
    private final TrainingExport training;
    private final Library library;
    private final Access access;
    private final Words words;

    TrainingPages(
            RatedAnswers rated,
            TrainingExport training,
            Library library,
            Access access,
            Words words) {
        this.rated = rated;
        this.training = training;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// What is asked of the page.
    ///
    /// @param since and `until` whole days in UTC, both inclusive
    /// @param id of the ratings that were ticked; none for all that the others leave
    record Asked(
            @Nullable UUID base,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate since,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until,
            @Nullable String rating,
            @Nullable String without,
            @Nullable String q,
            @Nullable List<UUID> id,
            @Nullable String form) {

        FeedbackChoice choice() {
            return new FeedbackChoice(
                    base == null ? Set.of() : Set.of(new KnowledgeBaseId(base)),
                    start(since),
                    start(until == null ? null : until.plusDays(1)),
                    Rating.of(or(rating)).map(Set::of).orElse(Set.of()),
                    or(without).isEmpty() ? Set.of() : Set.of(or(without)),
                    id == null ? Set.of() : Set.copyOf(id),
                    or(q));
        }

        /// Without what was ticked.
        FeedbackChoice listed() {
            return new Asked(base, since, until, rating, without, q, null, form).choice();
        }

        TrainingForm known() {
            return TrainingForm.of(or(form)).orElse(TrainingForm.CHAT);
        }

        Map<String, String> kept() {
            return Map.of(
                    "base",
                    base == null ? "" : base.toString(),
                    "since",
                    since == null ? "" : since.toString(),
                    "until",
                    until == null ? "" : until.toString(),
                    "rating",
                    or(rating),
                    "without",
                    or(without),
                    "form",
                    known().code());
        }

        private static String or(@Nullable String given) {
            return given == null ? "" : given.strip();
        }

        private static @Nullable Instant start(@Nullable LocalDate day) {
            return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    record Row(
            String id,
            String rating,
            String question,
            String best,
            String reader,
            String at,
            String atText,
            boolean ticked) {}

    /// @param leftOut in words
    record SummaryView(
            String chosen,
            String lines,
            String train,
            String test,
            String masked,
            List<String> leftOut) {}

    @GetMapping("/admin/training")
    String page(
            Principal.User me,
            Asked asked,
            @RequestParam(defaultValue = "1") int page,
            Model model,
            Locale locale) {
        var looked = new PagerView.Asked("/admin/training", asked.kept(), Asked.or(asked.q), page);
        var found = rated.page(me, asked.listed(), looked.page(), PagerView.ROWS);
        var choice = asked.choice();
        model.addAttribute("asked", asked);
        model.addAttribute("form", asked.known().code());
        model.addAttribute(
                "forms", Arrays.stream(TrainingForm.values()).map(TrainingForm::code).toList());
        model.addAttribute("ratings", Arrays.stream(Rating.values()).map(Rating::code).toList());
        model.addAttribute("readers", rated.readers(me));
        model.addAttribute("bases", BaseChoices.of(library, access, me, asked.base()));
        model.addAttribute("pager", PagerView.of(looked, found, words, locale));
        model.addAttribute(
                "rows", found.rows().stream().map(one -> row(one, choice, locale)).toList());
        model.addAttribute("summary", said(training.summary(me, choice, asked.known()), locale));
        return "admin/training";
    }

    /// The chosen ones: `train.jsonl`, `test.jsonl` and `summary.json`.
    @GetMapping("/admin/training/file")
    ResponseEntity<byte[]> file(Principal.User me, Asked asked) throws IOException {
        var made = training.export(me, asked.choice(), asked.known());
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, UTF_8)) {
            put(zip, "train.jsonl", lines(made.train()));
            put(zip, "test.jsonl", lines(made.test()));
            put(zip, "summary.json", JSON.writeValueAsString(json(made.summary())));
        }
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"training-" + asked.known().code() + ".zip\"")
                .contentType(MediaType.valueOf("application/zip"))
                .body(bytes.toByteArray());
    }

    private Row row(Feedback one, FeedbackChoice choice, Locale locale) {
        return new Row(
                one.id().toString(),
                one.rating().code(),
                one.question(),
                one.best(),
                one.reader().replaceFirst("^user:", ""),
                one.at().toString(),
                new Formats(locale).moment(one.at()),
                choice.ids().contains(one.id()));
    }

    private SummaryView said(TrainingSummary summary, Locale locale) {
        var formats = new Formats(locale);
        Map<LeftOut, Integer> leftOut = new TreeMap<>(summary.leftOut());
        var reasons =
                leftOut.entrySet().stream()
                        .map(
                                one ->
                                        words.say(
                                                locale,
                                                "training.left." + one.getKey().code(),
                                                formats.number(one.getValue())))
                        .collect(Collectors.toCollection(ArrayList::new));
        if (summary.passages() > 0) {
            reasons.add(
                    words.say(
                            locale, "training.left.passages", formats.number(summary.passages())));
        }
        return new SummaryView(
                formats.number(summary.chosen()),
                formats.number(summary.lines()),
                formats.number(summary.train()),
                formats.number(summary.test()),
                formats.number(summary.masked()),
                reasons);
    }

    private static Map<String, Object> json(TrainingSummary summary) {
        Map<String, Integer> leftOut = new TreeMap<>();
        summary.leftOut().forEach((why, count) -> leftOut.put(why.code(), count));
        return new TreeMap<>(
                Map.of(
                        "chosen", summary.chosen(),
                        "lines", summary.lines(),
                        "train", summary.train(),
                        "test", summary.test(),
                        "masked", summary.masked(),
                        "passages_left_out", summary.passages(),
                        "left_out", leftOut));
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(UTF_8));
        zip.closeEntry();
    }
}
