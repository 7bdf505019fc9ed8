package io.zhiwen.ingest.embed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A BERT graph without the work that one text at a time does not need. There is no attention mask:
/// nothing is padded. And there is a new input `rows`, the places whose states are wanted: a vector
/// of the whole text needs only that of `[CLS]`, so that from some step of the last layer on only
/// one row is computed instead of hundreds.
final class LeanGraph {

    /// From where on only the wanted rows are computed.
    enum Narrow {
        /// The last layer's queries. Its quantisation then sees fewer rows and rounds a little
        /// differently.
        FROM_QUERIES("/attention/self/query/MatMul_quant", "/attention/output/Add"),

        /// The last multiplication: exactly the same vectors.
        LAST_STEP("/output/dense/MatMul_quant", "/output/Add");

        private final String multiplication;
        private final String sum;

        Narrow(String multiplication, String sum) {
            this.multiplication = multiplication;
            this.sum = sum;
        }
    }

    static final String ROWS = "rows";

    // field numbers of onnx.proto
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_NAME = 1;
    private static final int VALUE_TYPE = 2;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, OnnxNode> producers = new HashMap<>();

    private LeanGraph() {}

    static ByteBuffer of(byte[] model, Narrow narrow) {
        Proto.Writer out = new Proto.Writer();
        for (Proto.Field field : Proto.read(ByteBuffer.wrap(model))) {
            if (field.number() == MODEL_GRAPH) {
                out.message(MODEL_GRAPH, new LeanGraph().graph(field.content(), narrow));
            } else {
                out.copy(field);
            }
        }
        return out.done();
    }

    private Proto.Writer graph(ByteBuffer graph, Narrow narrow) {
        List<Proto.Field> fields = Proto.read(graph);
        String result = "";
        for (Proto.Field field : fields) {
            if (field.number() == GRAPH_NODE) {
                OnnxNode node = OnnxNode.read(field.content());
                nodes.add(node);
                node.outputs().forEach(output -> producers.put(output, node));
            } else if (field.number() == GRAPH_OUTPUT) {
                result = valueName(field);
            }
        }
        dropMask();
        narrow(narrow);
        Set<String> needed = needed(result);
        Proto.Writer out = new Proto.Writer();
        for (OnnxNode node : nodes) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                out.message(GRAPH_NODE, node.write());
            }
        }
        for (Proto.Field field : fields) {
            switch (field.number()) {
                case GRAPH_NODE, GRAPH_OUTPUT -> {}
                case GRAPH_INPUT -> {
                    if (needed.contains(valueName(field))) {
                        out.copy(field);
                    }
                }
                default -> out.copy(field);
            }
        }
        out.message(GRAPH_INPUT, value(ROWS, INT64));
        return out.message(GRAPH_OUTPUT, value(result, FLOAT));
    }

    /// What is added to the scores before each softmax is zero for a text without padding.
    private void dropMask() {
        for (OnnxNode softmax : nodes) {
            if (softmax.type().equals("Softmax")) {
                OnnxNode sum = producers.get(softmax.inputs().getFirst());
                if (sum == null || !sum.type().equals("Add")) {
                    throw new IllegalStateException("no mask before " + softmax.name());
                }
                softmax.inputs().set(0, sum.inputs().getFirst());
            }
        }
    }

    private void narrow(Narrow narrow) {
        OnnxNode multiplication = last(narrow.multiplication);
        OnnxNode sum = last(narrow.sum);
        String states = multiplication.inputs().getFirst();
        String before = sum.inputs().get(1);
        insertRows(multiplication, 0, states);
        insertRows(sum, 1, before);
    }

    private void insertRows(OnnxNode reader, int input, String from) {
        OnnxNode rows = OnnxNode.gather(from, ROWS, from + "/" + ROWS);
        reader.inputs().set(input, rows.outputs().getFirst());
        nodes.add(nodes.indexOf(reader), rows);
        producers.put(rows.outputs().getFirst(), rows);
    }

    private OnnxNode last(String nameEnd) {
        return nodes.reversed().stream()
                .filter(node -> node.name().endsWith(nameEnd))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node ..." + nameEnd));
    }

    private Set<String> needed(String result) {
        Set<String> needed = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(result));
        while (!open.isEmpty()) {
            String value = open.removeLast();
            if (needed.add(value) && producers.get(value) != null) {
                open.addAll(producers.get(value).inputs());
            }
        }
        return needed;
    }

    private static String valueName(Proto.Field value) {
        return Proto.read(value.content()).stream()
                .filter(field -> field.number() == VALUE_NAME)
                .findFirst()
                .orElseThrow()
                .text();
    }

    /// A tensor of any shape: `name`, and `type` with its `tensor_type` and `elem_type`.
    private static Proto.Writer value(String name, int elementType) {
        Proto.Writer tensor = new Proto.Writer().number(1, elementType);
        return new Proto.Writer()
                .text(VALUE_NAME, name)
                .message(VALUE_TYPE, new Proto.Writer().message(1, tensor));
    }
}
