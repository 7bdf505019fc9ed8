package io.zhiwen.conversation.training;

import io.zhiwen.conversation.feedback.Rating;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Rated answers as lines to fine-tune a model with: masked, each saying where it comes from and
/// whether it is for training or testing.
final class TrainingLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What names a passage, in a text that has none.
    private static final Pattern CITED = Pattern.compile("[ \\t]*(?:\\[\\d{1,4}])+");

    /// Ours, for a sentence that nothing bears out; no words of a model's.
    private static final Pattern UNSUPPORTED = Pattern.compile("[ \\t]*\\[\\?]");

    private final TrainingForm form;
    private final Masking masking = new Masking();
    private final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
    private final List<String> train = new ArrayList<>();
    private final List<String> test = new ArrayList<>();

    /// One line: a better answer, and for a pair the worse one.
    private record Drawn(Example better, Optional<Example> worse, String rejected) {

        Set<UUID> documents() {
            return Stream.concat(
                            better.documents().stream(),
                            worse.stream().flatMap(one -> one.documents().stream()))
                    .collect(Collectors.toSet());
        }
    }

    private TrainingLines(TrainingForm form) {
        this.form = form;
    }

    /// @param examples that rest on nothing their exporter may not read
    static TrainingLines of(Collection<Example> examples, TrainingForm form) {
        var lines = new TrainingLines(form);
        var drawn =
                form == TrainingForm.PREFERENCE ? lines.pairs(examples) : lines.single(examples);
        var split = new Split(drawn.stream().map(Drawn::documents).toList());
        for (Drawn one : drawn) {
            boolean isTest = split.isTest(one.documents());
            (isTest ? lines.test : lines.train).add(lines.line(one, isTest ? "test" : "train"));
        }
        return lines;
    }

    List<String> train() {
        return train;
    }

    List<String> test() {
        return test;
    }

    int masked() {
        return masking.count();
    }

    Map<LeftOut, Integer> leftOut() {
        return leftOut;
    }

    private List<Drawn> single(Collection<Example> examples) {
        List<Drawn> drawn = new ArrayList<>();
        for (Example one : examples) {
            if (one.rated().rating() == Rating.BAD) {
                leaveOut(LeftOut.BAD);
            } else if (one.rated().best().isBlank()) {
                leaveOut(LeftOut.EMPTY);
            } else {
                drawn.add(new Drawn(one, Optional.empty(), ""));
            }
        }
        return drawn;
    }

    /// A correction is chosen before the answer it corrects; a good answer before each bad one that
    /// nobody corrected, to the same question in the same bases.
    private List<Drawn> pairs(Collection<Example> examples) {
        Map<Object, List<Example>> asked = new LinkedHashMap<>();
        examples.forEach(
                one -> asked.computeIfAbsent(one.asked(), _ -> new ArrayList<>()).add(one));
        List<Drawn> drawn = new ArrayList<>();
        Set<UUID> used = new HashSet<>();
        for (List<Example> same : asked.values()) {
            for (Example one : only(same, Rating.CORRECTED)) {
                add(one, one, drawn, used);
            }
            var good = only(same, Rating.GOOD).stream().findFirst();
            var better = good.or(() -> only(same, Rating.CORRECTED).stream().findFirst());
            for (Example bad : only(same, Rating.BAD)) {
                better.ifPresent(one -> add(one, bad, drawn, used));
            }
        }
        examples.stream()
                .filter(one -> !used.contains(one.id()))
                .forEach(_ -> leaveOut(LeftOut.NO_PAIR));
        return drawn;
    }

    private static List<Example> only(List<Example> some, Rating rating) {
        return some.stream().filter(one -> one.rated().rating() == rating).toList();
    }

    private static void add(Example better, Example worse, List<Drawn> drawn, Set<UUID> used) {
        String rejected = worse.rated().text();
        if (!rejected.isBlank() && !rejected.equals(better.rated().best())) {
            drawn.add(
                    new Drawn(
                            better,
                            better.equals(worse) ? Optional.empty() : Optional.of(worse),
                            rejected));
            used.add(better.id());
            used.add(worse.id());
        }
    }

    private void leaveOut(LeftOut why) {
        leftOut.merge(why, 1, Integer::sum);
    }

    private String line(Drawn drawn, String split) {
        Map<String, Object> line = new LinkedHashMap<>(fields(drawn));
        line.put("split", split);
        line.put("provenance", Provenance.of(drawn.better(), drawn.worse(), masking));
        return JSON.writeValueAsString(line);
    }

    private Map<String, Object> fields(Drawn drawn) {
        var sent = drawn.better().sent();
        String question = masking.of(sent.question());
        String answer = said(drawn.better().rated().best());
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (form) {
            case CHAT -> {
                List<Map<String, String>> messages = new ArrayList<>();
                if (!sent.system().isEmpty()) {
                    messages.add(said("system", masking.of(sent.system())));
                }
                messages.add(said("user", shown(sent) + question));
                messages.add(said("assistant", answer));
                fields.put("messages", messages);
            }
            case PREFERENCE -> {
                fields.put("prompt", shown(sent) + question);
                fields.put("chosen", answer);
                fields.put("rejected", said(drawn.rejected()));
            }
            case CONTEXT -> {
                fields.put("question", question);
                fields.put("context", sent.passages().stream().map(this::passage).toList());
                fields.put("answer", answer);
            }
            case TEXT ->
                    fields.put(
                            "text",
                            "<s>"
                                    + question
                                    + "\n"
                                    + CITED.matcher(answer).replaceAll("")
                                    + "</s>");
        }
        return fields;
    }

    private Map<String, Object> passage(Sent.Passage passage) {
        return Map.of(
                "number",
                passage.number(),
                "document",
                masking.of(passage.name()),
                "text",
                masking.of(passage.text()));
    }

    /// As a prompt shows passages; empty for none.
    private String shown(Sent sent) {
        if (sent.passages().isEmpty()) {
            return "";
        }
        return sent.passages().stream()
                .map(
                        passage ->
                                "<passage n=\"%d\" document=\"%s\">\n%s\n</passage>\n"
                                        .formatted(
                                                passage.number(),
                                                masking.of(passage.name()).replace('"', '\''),
                                                masking.of(passage.text())))
                .collect(Collectors.joining("", "<passages>\n", "</passages>\n\n"));
    }

    private String said(String answer) {
        return masking.of(UNSUPPORTED.matcher(answer).replaceAll(""));
    }

    private static Map<String, String> said(String role, String content) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("role", role);
        said.put("content", content);
        return said;
    }
}
