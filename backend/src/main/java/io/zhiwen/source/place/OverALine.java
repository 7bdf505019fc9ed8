package io.zhiwen.source.place;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that come from elsewhere: when the line breaks, or other bytes come than were announced,
/// the one thing is left out this time, and the others are not.
public final class OverALine extends FilterInputStream {

    private final long announced;
    private long came;

    public OverALine(InputStream in) {
        this(in, -1);
    }

    /// @param announced how many bytes it has by the list of the place; -1 when it did not say
    public OverALine(InputStream in, long announced) {
        super(in);
        this.announced = announced;
    }

    @Override
    public int read() throws IOException {
        try {
            int next = super.read();
            count(next < 0 ? -1 : 1);
            return next;
        } catch (IOException e) {
            throw leftOut(e);
        }
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        try {
            int got = super.read(to, from, length);
            count(got);
            return got;
        } catch (IOException e) {
            throw leftOut(e);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int got) throws LeftOut {
        came += Math.max(0, got);
        if (got < 0 && announced >= 0 && came != announced) {
            throw new LeftOut(
                    Reason.STILL_WRITTEN, "listed with " + announced + " bytes, came with " + came);
        }
    }

    private static LeftOut leftOut(IOException e) {
        return e instanceof LeftOut same ? same : new LeftOut(Reason.UNREADABLE, e.toString());
    }
}
