package io.zhiwen.ask.stream;

import io.zhiwen.ask.prompt.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What a writer gave.
final class Collected {

    final List<Part> parts = Collections.synchronizedList(new ArrayList<>());

    static final Prompt PROMPT = new Prompt("Be brief.", List.of(), "How many days of leave?");

    static Collected write(ModelWriter writer) {
        return write(writer, () -> false);
    }

    static Collected write(ModelWriter writer, BooleanSupplier stop) {
        var collected = new Collected();
        writer.write("", PROMPT, collected.parts::add, stop);
        return collected;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : List.copyOf(parts)) {
            switch (part) {
                case Part.Token(String piece) -> text.append(piece);
                case Part.TokensWereThinking _ -> text.setLength(0);
                default -> {}
            }
        }
        return text.toString();
    }

    String thinking() {
        StringBuilder text = new StringBuilder();
        for (Part part : List.copyOf(parts)) {
            if (part instanceof Part.Thinking(String piece)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    Part last() {
        return parts.getLast();
    }

    long ends() {
        return parts.stream()
                .filter(
                        part ->
                                part instanceof Part.Finished
                                        || part instanceof Part.Failed
                                        || part instanceof Part.Cancelled)
                .count();
    }

    LlmFailure.Code failure() {
        return last() instanceof Part.Failed(LlmFailure failure) ? failure.code() : null;
    }
}
