package io.zhiwen.source.mail;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Bounds what an IMAP server answers to one command, all of which the client keeps in memory: by
/// what has come, and by the length that a literal (`{n}` at the end of a line) announces.
final class MailAnswers extends FilterInputStream {

    private static final int MOST = 32 << 20;

    private long came;

    /// Bytes of a literal to come, in which nothing is an announcement.
    private long literal;

    /// What the figures between braces say so far; -1 outside of them.
    private long announced = -1;

    private boolean closed;

    MailAnswers(InputStream in) {
        super(in);
    }

    /// What is written to it begins a new count.
    OutputStream askedBy(OutputStream commands) {
        return new FilterOutputStream(commands) {
            @Override
            public void write(byte[] from, int at, int length) throws IOException {
                came = 0;
                out.write(from, at, length);
            }
        };
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
        for (int at = from; at < from + got; at++) {
            count(to[at] & 0xff);
        }
        return got;
    }

    private void count(int next) throws IOException {
        if (++came > MOST) {
            throw new IOException("a mail server that does not stop talking");
        }
        if (literal > 0) {
            literal--;
        } else if (next == '{') {
            announced = 0;
            closed = false;
        } else if (announced >= 0) {
            announce(next);
        }
    }

    private void announce(int next) throws IOException {
        int figure = Character.digit(next, 10);
        if (!closed && figure >= 0) {
            announced = announced * 10 + figure;
            if (announced > MOST) {
                throw new IOException("a mail server that announces " + announced + "… bytes");
            }
        } else if (!closed && next == '}') {
            closed = true;
        } else if (closed && next == '\n') {
            literal = announced;
            announced = -1;
        } else if (!closed || next != '\r') {
            announced = -1;
        }
    }
}
