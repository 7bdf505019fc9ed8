package io.zhiwen.ask.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Turns bytes into server-sent events, however the bytes are split. For one thread at a time.
final class SseDecoder {

    /// An event with data.
    ///
    /// @param name of its type; `message` when it says none
    record Event(String name, String data) {}

    /// Far more than a model says at once.
    private static final int LARGEST = 1 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private boolean hasData;
    private boolean afterCr;
    private boolean first = true;

    /// @throws LlmFailure when the bytes are no UTF-8, or an event has no end
    List<Event> feed(ByteBuffer bytes) {
        List<Event> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n' && afterCr) {
                afterCr = false;
                continue;
            }
            afterCr = b == '\r';
            if (b == '\n' || b == '\r') {
                endLine(events);
            } else {
                line.write(b);
                if (line.size() > LARGEST) {
                    throw new LlmFailure(LlmFailure.Code.MALFORMED, "a line has no end");
                }
            }
        }
        return events;
    }

    /// What came without its closing blank line; some servers end like that.
    List<Event> end() {
        List<Event> events = new ArrayList<>();
        if (line.size() > 0) {
            endLine(events);
        }
        dispatch(events);
        return events;
    }

    private void endLine(List<Event> events) {
        String text = decoded();
        line.reset();
        if (first) {
            first = false;
            text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            dispatch(events);
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            return; // a comment
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "data" -> append(value);
            case "event" -> name = value;
            case "error" -> { // older llama.cpp
                name = "error";
                append(value);
            }
            default -> {}
        }
    }

    private void append(String value) {
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
        if (data.length() > LARGEST) {
            throw new LlmFailure(LlmFailure.Code.MALFORMED, "an event has no end");
        }
    }

    private void dispatch(List<Event> events) {
        if (hasData) {
            events.add(new Event(name.isEmpty() ? "message" : name, data.toString()));
        }
        data.setLength(0);
        hasData = false;
        name = "";
    }

    private String decoded() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LlmFailure(LlmFailure.Code.MALFORMED, "invalid UTF-8", e);
        }
    }
}
