package io.zhiwen.ingest.embed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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

    /// A message in the making.
    static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer copy(Field field) {
            return raw(field.whole());
        }

        Writer number(int field, long value) {
            varint(((long) field << 3) | VARINT);
            varint(value);
            return this;
        }

        Writer text(int field, String value) {
            return bytes(field, StandardCharsets.UTF_8.encode(value));
        }

        Writer message(int field, Writer value) {
            return bytes(field, ByteBuffer.wrap(value.done()));
        }

        byte[] done() {
            return out.toByteArray();
        }

        private Writer bytes(int field, ByteBuffer value) {
            varint(((long) field << 3) | BYTES);
            varint(value.remaining());
            return raw(value);
        }

        private Writer raw(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            out.writeBytes(copy);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
