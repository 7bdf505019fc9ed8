package io.zhiwen.ingest.embed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One operation of a model's graph.
///
/// @param inputs may be changed
/// @param rest its other fields, as they are
record OnnxNode(
        String name,
        String type,
        List<String> inputs,
        List<String> outputs,
        List<Proto.Field> rest,
        boolean alongRows) {

    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int NAME = 3;
    private static final int TYPE = 4;
    private static final int ATTRIBUTE = 5;

    static OnnxNode read(ByteBuffer message) {
        String name = "";
        String type = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<Proto.Field> rest = new ArrayList<>();
        for (Proto.Field field : Proto.read(message)) {
            switch (field.number()) {
                case INPUT -> inputs.add(field.text());
                case OUTPUT -> outputs.add(field.text());
                case NAME -> name = field.text();
                case TYPE -> type = field.text();
                default -> rest.add(field);
            }
        }
        return new OnnxNode(name, type, inputs, outputs, rest, false);
    }

    /// Takes the rows `rows` names, along the axis of the tokens.
    static OnnxNode gather(String from, String rows, String to) {
        return new OnnxNode(
                to, "Gather", new ArrayList<>(List.of(from, rows)), List.of(to), List.of(), true);
    }

    Proto.Writer write() {
        Proto.Writer out = new Proto.Writer();
        inputs.forEach(input -> out.text(INPUT, input));
        outputs.forEach(output -> out.text(OUTPUT, output));
        out.text(NAME, name).text(TYPE, type);
        rest.forEach(out::copy);
        if (alongRows) { // axis = 1, an integer
            out.message(ATTRIBUTE, new Proto.Writer().text(1, "axis").number(3, 1).number(20, 2));
        }
        return out;
    }
}
