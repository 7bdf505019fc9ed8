package io.zhiwen.ingest.embed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a cross-encoder of a few kilobytes that a real ONNX Runtime loads, with the
/// `tokenizer.json` it reads: what question and passage have in common, word by word, is the
/// logarithm of the odds. Its graph has the inputs and outputs that exports of Hugging Face have.
public final class TinyCrossEncoder {

    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");

    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final List<String> words;

    private TinyCrossEncoder(List<String> words) {
        this.words = words;
    }

    /// One number a pair: four for each word they share, less two.
    public static Path write(Path folder, String... words) throws IOException {
        return write(folder, 1, -2, words);
    }

    /// @param outputs numbers a pair; of two, the second is the score and the first 0
    /// @param bias added to each
    public static Path write(Path folder, int outputs, float bias, String... words)
            throws IOException {
        var tiny = new TinyCrossEncoder(List.of(words));
        Path model = folder.resolve("model.onnx");
        Files.write(model, tiny.model(outputs, bias));
        Files.writeString(folder.resolve("tokenizer.json"), tiny.tokenizer());
        return model;
    }

    private int size() {
        return SPECIAL.size() + words.size();
    }

    private byte[] model(int outputs, float bias) {
        var graph = new Message();
        graph.message(1, node("Gather", List.of("identity", "input_ids"), "tokens", Map.of()));
        graph.message(1, node("Cast", List.of("token_type_ids"), "second", Map.of("to", 1)));
        graph.message(1, node("Cast", List.of("attention_mask"), "seen", Map.of("to", 1)));
        graph.message(1, node("Mul", List.of("second", "seen"), "passage", Map.of()));
        graph.message(1, node("Sub", List.of("seen", "passage"), "question", Map.of()));
        for (String side : List.of("question", "passage")) {
            graph.message(
                    1,
                    node(
                            "Einsum",
                            List.of(side, "tokens"),
                            side + "_words",
                            Map.of("equation", "nl,nlv->nv")));
        }
        graph.message(
                1,
                node(
                        "Einsum",
                        List.of("question_words", "passage_words", "weights"),
                        "shared",
                        Map.of("equation", "nv,nv,vk->nk")));
        graph.message(1, node("Add", List.of("shared", "bias"), "logits", Map.of()));
        graph.text(2, "tiny");
        float[] identity = new float[size() * size()];
        float[] weights = new float[size() * outputs];
        for (int word = SPECIAL.size(); word < size(); word++) {
            identity[word * size() + word] = 1;
            weights[word * outputs + outputs - 1] = 4;
        }
        float[] biases = new float[outputs];
        biases[outputs - 1] = bias;
        graph.message(5, tensor("identity", identity, size(), size()));
        graph.message(5, tensor("weights", weights, size(), outputs));
        graph.message(5, tensor("bias", biases, outputs));
        for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
            graph.message(11, value(input, INT64, 2));
        }
        graph.message(12, value("logits", FLOAT, 2));
        return new Message()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, 13))
                .bytes();
    }

    private static Message node(
            String type, List<String> inputs, String output, Map<String, Object> attributes) {
        var node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, output).text(4, type);
        attributes.forEach(
                (name, value) -> {
                    var attribute = new Message().text(1, name);
                    if (value instanceof Integer number) {
                        attribute.number(3, number).number(20, 2);
                    } else {
                        attribute.text(4, value.toString()).number(20, 3);
                    }
                    node.message(5, attribute);
                });
        return node;
    }

    private static Message tensor(String name, float[] values, int... shape) {
        var tensor = new Message();
        Arrays.stream(shape).forEach(length -> tensor.number(1, length));
        ByteBuffer raw =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.number(2, FLOAT).text(8, name).raw(9, raw.array());
    }

    private static Message value(String name, int type, int dimensions) {
        var shape = new Message();
        for (int i = 0; i < dimensions; i++) {
            shape.message(1, new Message().text(2, name + i));
        }
        return new Message()
                .text(1, name)
                .message(
                        2,
                        new Message().message(1, new Message().number(1, type).message(2, shape)));
    }

    private String tokenizer() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        SPECIAL.forEach(word -> vocabulary.put(word, vocabulary.size()));
        words.forEach(word -> vocabulary.put(word, vocabulary.size()));
        String added =
                SPECIAL.stream()
                        .map(
                                word ->
                                        """
                                        {"id":%d,"content":"%s","single_word":false,"lstrip":false,
                                         "rstrip":false,"normalized":false,"special":true}"""
                                                .formatted(vocabulary.get(word), word))
                        .collect(Collectors.joining(","));
        String vocab =
                vocabulary.entrySet().stream()
                        .map(word -> "\"%s\":%d".formatted(word.getKey(), word.getValue()))
                        .collect(Collectors.joining(","));
        return """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[%s],
         "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
           "strip_accents":null,"lowercase":true},
         "pre_tokenizer":{"type":"BertPreTokenizer"},
         "post_processor":{"type":"TemplateProcessing",
           "single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
             {"SpecialToken":{"id":"[SEP]","type_id":0}}],
           "pair":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
             {"SpecialToken":{"id":"[SEP]","type_id":0}},{"Sequence":{"id":"B","type_id":1}},
             {"SpecialToken":{"id":"[SEP]","type_id":1}}],
           "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},
             "[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}},
         "decoder":null,
         "model":{"type":"WordLevel","unk_token":"[UNK]","vocab":{%s}}}
        """
                .formatted(added, vocab);
    }

    /// A message of protobuf, as far as ONNX needs it here.
    private static final class Message {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message raw(int field, byte[] bytes) {
            varint((long) field << 3 | 2);
            varint(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Message text(int field, String text) {
            return raw(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message message) {
            return raw(field, message.bytes());
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7FL) != 0) {
                out.write((int) (left & 0x7F | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }
}
