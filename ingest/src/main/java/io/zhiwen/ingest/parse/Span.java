package io.zhiwen.ingest.parse;

/// A stretch of a document's text: UTF-16 offsets, `start` inclusive, `end` exclusive, never empty.
public record Span(int start, int end) {

    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("span " + start + ".." + end + " is empty");
        }
    }

    public int length() {
        return end - start;
    }

    public String of(CharSequence text) {
        return text.subSequence(start, end).toString();
    }
}
