package io.zhiwen.conversation.feedback;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Rated answers as JSON lines to fine-tune a model with: what names a person is masked, each line
/// says where it comes from and whether it is for training or testing.
public final class TrainingData {

    /// What a line holds.
    public enum Form {
        /// `messages` of a chat, for supervised fine-tuning.
        CHAT,
        /// `prompt`, `chosen` and `rejected`, for preference training.
        PREFERENCE,
        /// `question`, `context` and `answer`, for distillation.
        CONTEXT,
        /// `text`, for continued pre-training.
        TEXT;

        /// The form of this name, if it is one.
        public static Optional<Form> of(String name) {
            return Arrays.stream(values())
                    .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TrainingData() {}

    /// Good answers and corrections become examples; pairs need a correction. The rest is left out.
    public static String of(List<Feedback> rated, Form form) {
        var usable = rated.stream().filter(one -> isUsable(one, form)).toList();
        var split = new Split(usable);
        var lines = new StringBuilder();
        for (Feedback one : usable) {
            Map<String, Object> line = new LinkedHashMap<>(fields(one, form));
            line.put("split", split.of(one));
            line.put("provenance", provenance(one));
            lines.append(JSON.writeValueAsString(line)).append('\n');
        }
        return lines.toString();
    }

    private static boolean isUsable(Feedback one, Form form) {
        boolean corrected = !one.verdict().correction().isEmpty();
        return form == Form.PREFERENCE
                ? corrected
                : corrected || (one.verdict().good() && !one.text().isBlank());
    }

    private static Map<String, Object> fields(Feedback one, Form form) {
        String question = Masking.of(one.question());
        String answer = Masking.of(best(one));
        return switch (form) {
            case CHAT ->
                    Map.of("messages", List.of(said("user", question), said("assistant", answer)));
            case PREFERENCE ->
                    Map.of(
                            "prompt",
                            question,
                            "chosen",
                            answer,
                            "rejected",
                            Masking.of(one.text()));
            case CONTEXT ->
                    Map.of(
                            "question",
                            question,
                            "context",
                            one.sources().stream()
                                    .map(source -> Masking.of(source.text()))
                                    .toList(),
                            "answer",
                            answer);
            case TEXT -> Map.of("text", "<s>" + question + "\n" + answer + "</s>");
        };
    }

    private static String best(Feedback one) {
        String correction = one.verdict().correction();
        return correction.isEmpty() ? one.text() : correction;
    }

    private static Map<String, String> said(String role, String content) {
        return Map.of("role", role, "content", content);
    }

    private static Map<String, Object> provenance(Feedback one) {
        return Map.of(
                "feedback",
                one.id(),
                "answer",
                one.answer(),
                "at",
                one.at().toString(),
                "corrected",
                !one.verdict().correction().isEmpty(),
                "documents",
                one.sources().stream().map(RatedSource::document).distinct().toList());
    }
}
