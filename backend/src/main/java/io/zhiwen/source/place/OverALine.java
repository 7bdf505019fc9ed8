package io.zhiwen.source.place;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that come from elsewhere: when the line breaks, the one thing is left out this time, and
/// the others are not.
public final class OverALine extends FilterInputStream {

    public OverALine(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw leftOut(e);
        }
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        try {
            return super.read(to, from, length);
        } catch (IOException e) {
            throw leftOut(e);
        }
    }

    private static LeftOut leftOut(IOException e) {
        return e instanceof LeftOut same ? same : new LeftOut(Reason.UNREADABLE, e.toString());
    }
}
