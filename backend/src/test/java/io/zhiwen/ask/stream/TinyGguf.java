package io.zhiwen.ask.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes a model of half a megabyte that a real llama-server loads: llama architecture, two
/// layers, random weights, a byte-level vocabulary and the ChatML template. It speaks noise,
/// through every part of a real server.
final class TinyGguf {

    private static final int WIDTH = 64;
    private static final int HEADS = 4;
    private static final int LAYERS = 2;
    private static final int FEED_FORWARD = 128;
    private static final int CONTEXT = 4096;
    private static final int ALIGNMENT = 32;

    private static final int U32 = 4;
    private static final int I32 = 5;
    private static final int F32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private static final String TEMPLATE =
            "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
                    + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    private final Random random = new Random(7);
    private final List<byte[]> settings = new ArrayList<>();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private final ByteArrayOutputStream weights = new ByteArrayOutputStream();
    private int tensorCount;

    private TinyGguf() {}

    static void write(Path file) throws IOException {
        new TinyGguf().writeTo(file);
    }

    private void writeTo(Path file) throws IOException {
        List<String> tokens = bytes();
        List<String> merges = new ArrayList<>();
        String[][] pairs = {
            {"t", "h"}, {"th", "e"}, {"i", "n"}, {"a", "n"}, {"Ġ", "t"}, {"Ġ", "a"}
        };
        for (String[] pair : pairs) {
            tokens.add(pair[0] + pair[1]);
            merges.add(pair[0] + " " + pair[1]);
        }
        int special = tokens.size();
        tokens.addAll(List.of("<|bos|>", "<|im_start|>", "<|im_end|>"));
        settings(tokens, merges, special);
        tensors(tokens.size());

        var out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(u32(3));
        out.writeBytes(u64(tensorCount));
        out.writeBytes(u64(settings.size()));
        settings.forEach(out::writeBytes);
        out.writeBytes(tensors.toByteArray());
        out.writeBytes(padding(out.size()));
        out.writeBytes(weights.toByteArray());
        Files.write(file, out.toByteArray());
    }

    private void settings(List<String> tokens, List<String> merges, int special) {
        put("general.architecture", STRING, string("llama"));
        put("general.name", STRING, string("tiny-random"));
        put("general.alignment", U32, u32(ALIGNMENT));
        put("general.file_type", U32, u32(0));
        put("llama.context_length", U32, u32(CONTEXT));
        put("llama.embedding_length", U32, u32(WIDTH));
        put("llama.block_count", U32, u32(LAYERS));
        put("llama.feed_forward_length", U32, u32(FEED_FORWARD));
        put("llama.attention.head_count", U32, u32(HEADS));
        put("llama.attention.head_count_kv", U32, u32(HEADS));
        put("llama.rope.dimension_count", U32, u32(WIDTH / HEADS));
        put("llama.vocab_size", U32, u32(tokens.size()));
        put("llama.attention.layer_norm_rms_epsilon", F32, f32(1e-5f));
        put("llama.rope.freq_base", F32, f32(10_000f));
        put("tokenizer.ggml.model", STRING, string("gpt2"));
        put("tokenizer.ggml.pre", STRING, string("gpt-2"));
        array("tokenizer.ggml.tokens", STRING, tokens.stream().map(TinyGguf::string).toList());
        List<byte[]> types = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            types.add(u32(i < special ? 1 : 3));
        }
        array("tokenizer.ggml.token_type", I32, types);
        array("tokenizer.ggml.merges", STRING, merges.stream().map(TinyGguf::string).toList());
        put("tokenizer.ggml.bos_token_id", U32, u32(special));
        put("tokenizer.ggml.eos_token_id", U32, u32(special + 2));
        put("tokenizer.ggml.add_bos_token", BOOL, new byte[] {0});
        put("tokenizer.chat_template", STRING, string(TEMPLATE));
    }

    private void tensors(int vocabulary) {
        tensor("token_embd.weight", 0.08f, vocabulary, WIDTH);
        tensor("output_norm.weight", 0, WIDTH);
        tensor("output.weight", 0.04f, vocabulary, WIDTH);
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + ".";
            tensor(block + "attn_norm.weight", 0, WIDTH);
            tensor(block + "ffn_norm.weight", 0, WIDTH);
            for (String part : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
                tensor(block + part + ".weight", 0.08f, WIDTH, WIDTH);
            }
            tensor(block + "ffn_gate.weight", 0.08f, FEED_FORWARD, WIDTH);
            tensor(block + "ffn_up.weight", 0.08f, FEED_FORWARD, WIDTH);
            tensor(block + "ffn_down.weight", 0.08f, WIDTH, FEED_FORWARD);
        }
    }

    /// @param spread of normally distributed weights, or 0 for ones
    private void tensor(String name, float spread, int... shape) {
        tensors.writeBytes(string(name));
        tensors.writeBytes(u32(shape.length));
        int count = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            tensors.writeBytes(u64(shape[i]));
            count *= shape[i];
        }
        tensors.writeBytes(u32(0));
        tensors.writeBytes(u64(weights.size()));
        ByteBuffer values = little(4 * count);
        for (int i = 0; i < count; i++) {
            values.putFloat(spread == 0 ? 1 : (float) random.nextGaussian() * spread);
        }
        weights.writeBytes(values.array());
        weights.writeBytes(padding(weights.size()));
        tensorCount++;
    }

    /// GPT-2's printable stand-ins for the 256 bytes.
    private static List<String> bytes() {
        List<String> tokens = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= 33 && b < 127) || (b >= 161 && b < 173) || b >= 174;
            tokens.add(Character.toString(printable ? b : next++));
        }
        return tokens;
    }

    private void put(String key, int type, byte[] value) {
        settings.add(joined(string(key), u32(type), value));
    }

    private void array(String key, int type, List<byte[]> values) {
        var out = new ByteArrayOutputStream();
        values.forEach(out::writeBytes);
        settings.add(
                joined(string(key), u32(ARRAY), u32(type), u64(values.size()), out.toByteArray()));
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return joined(u64(bytes.length), bytes);
    }

    private static byte[] u32(int value) {
        return little(4).putInt(value).array();
    }

    private static byte[] u64(long value) {
        return little(8).putLong(value).array();
    }

    private static byte[] f32(float value) {
        return little(4).putFloat(value).array();
    }

    private static byte[] padding(int size) {
        return new byte[Math.floorMod(-size, ALIGNMENT)];
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
