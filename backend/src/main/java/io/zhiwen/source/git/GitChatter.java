package io.zhiwen.source.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bounds what a Git server says beside a pack (progress, boundaries of the history), all of which
/// JGit keeps in memory. Lines of the protocol begin with four hexadecimal digits of their length;
/// those of a pack go on with the number of its band.
final class GitChatter extends FilterInputStream {

    private static final int MOST = 32 << 20;
    private static final int PACK_BAND = 1;
    private static final int LENGTH_DIGITS = 4;

    private int said;

    /// Digits read of the length of the next line.
    private int digits;

    private int length;

    /// Bytes of the line to come.
    private int left;

    private boolean inPack;
    private boolean lines = true;

    GitChatter(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count(next);
        }
        return next;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        int got = super.read(to, from, most);
        for (int at = from; lines && at < from + got; ) {
            if (left > 0 && digits == 0) {
                int rest = Math.min(left, from + got - at);
                within(rest);
                at += rest;
            } else {
                count(to[at++] & 0xff);
            }
        }
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int next) throws IOException {
        if (!lines) {
            return;
        }
        if (left == 0) {
            digit(next);
            return;
        }
        if (digits == LENGTH_DIGITS) { // the first of the line
            digits = 0;
            inPack = next == PACK_BAND;
        }
        within(1);
    }

    private void within(int bytes) throws IOException {
        left -= bytes;
        if (!inPack) {
            said += bytes;
            if (said > MOST) {
                throw new IOException("a Git server that does not stop talking");
            }
        }
    }

    private void digit(int next) throws IOException {
        int value = Character.digit(next, 16);
        if (value < 0) {
            lines = false; // a pack without bands, which is bounded by itself
            return;
        }
        if (digits == LENGTH_DIGITS) {
            digits = 0;
        }
        length = digits == 0 ? value : length * 16 + value;
        if (++digits == LENGTH_DIGITS) {
            left = Math.max(0, length - LENGTH_DIGITS);
            said += LENGTH_DIGITS;
        }
    }
}
