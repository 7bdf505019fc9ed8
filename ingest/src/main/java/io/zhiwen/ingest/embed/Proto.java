package io.zhiwen.ingest.embed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Just enough of Protocol Buffers to change a message and copy the rest of it as it is.
final class Proto {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private Proto() {}

    /// A field as it stands in its message.
    ///
    /// @param whole with its tag
    /// @param content of text, bytes and messages; else empty
    record Field(int number, ByteBuffer whole, ByteBuffer content) {

        String text() {
            return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
        }
    }

    /// The fields of a message in their order; nothing is copied.
    static List<Field> read(ByteBuffer message) {
        List<Field> fields = new ArrayList<>();
        ByteBuffer in = message.duplicate();
        while (in.hasRemaining()) {
            int start = in.position();
            long tag = varint(in);
            ByteBuffer content = ByteBuffer.allocate(0);
            switch ((int) (tag & 7)) {
                case VARINT -> varint(in);
                case FIXED_64 -> in.position(in.position() + Long.BYTES);
                case FIXED_32 -> in.position(in.position() + Integer.BYTES);
                case BYTES -> {
                    int length = Math.toIntExact(varint(in));
                    content = in.slice(in.position(), length);
                    in.position(in.position() + length);
                }
                default -> throw new IllegalArgumentException("wire type " + (tag & 7));
            }
            ByteBuffer whole = message.slice(start, in.position() - start);
            fields.add(new Field((int) (tag >>> 3), whole, content));
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /// A message in the making. What is copied from another message is only pointed to until the
    /// end: a model is tens of megabytes.
    static final class Writer {

        private final List<ByteBuffer> parts = new ArrayList<>();
        private int size;

        Writer copy(Field field) {
            return add(field.whole());
        }

        Writer number(int field, long value) {
            return varint(((long) field << 3) | VARINT).varint(value);
        }

        Writer text(int field, String value) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(value);
            return varint(((long) field << 3) | BYTES).varint(bytes.remaining()).add(bytes);
        }

        Writer message(int field, Writer value) {
            varint(((long) field << 3) | BYTES).varint(value.size);
            value.parts.forEach(this::add);
            return this;
        }

        /// In a direct buffer, as native code takes it.
        ByteBuffer done() {
            ByteBuffer whole = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
            parts.forEach(part -> whole.put(part.duplicate()));
            return whole.flip();
        }

        private Writer add(ByteBuffer bytes) {
            parts.add(bytes);
            size += bytes.remaining();
            return this;
        }

        private Writer varint(long value) {
            ByteBuffer bytes = ByteBuffer.allocate(10);
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes.put((byte) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            return add(bytes.put((byte) rest).flip());
        }
    }
}
