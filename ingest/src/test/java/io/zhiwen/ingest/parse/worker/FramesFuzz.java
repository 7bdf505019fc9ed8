package io.zhiwen.ingest.parse.worker;

import io.zhiwen.fuzz.FuzzData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What comes over the pipe is a frame, and written again it is the same one, or it is refused.
public final class FramesFuzz {

    private FramesFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        var data = new FuzzData(bytes);
        boolean framed = data.choice(8) > 0;
        byte[] rest = data.rest();
        byte[] frame = framed ? framed(rest) : rest;
        againTheSame(frame, Frames.Reply.class);
        againTheSame(frame, Frames.Request.class);
    }

    private static <T> void againTheSame(byte[] frame, Class<T> type) throws IOException {
        T first;
        try {
            first = read(frame, type);
        } catch (IOException refused) {
            return;
        }
        var out = new ByteArrayOutputStream();
        Frames.write(new DataOutputStream(out), first);
        T second = read(out.toByteArray(), type);
        if (!first.equals(second)) {
            throw new AssertionError(first + " became " + second);
        }
    }

    private static <T> T read(byte[] frame, Class<T> type) throws IOException {
        return Frames.read(new DataInputStream(new ByteArrayInputStream(frame)), type);
    }

    private static byte[] framed(byte[] json) throws IOException {
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeInt(json.length);
        data.write(json);
        return out.toByteArray();
    }
}
