package io.zhiwen.ask.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// A body that is no answer: its beginning is read, to say why.
final class NoAnswer implements ChatStream.Sink {

    private static final int LARGEST = 16 * 1024;

    private final Function<String, LlmFailure> why;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private NoAnswer(Function<String, LlmFailure> why) {
        this.why = why;
    }

    /// A status that is not 200.
    static NoAnswer refused(int status) {
        return new NoAnswer(body -> ChunkJson.refusal(status, body));
    }

    /// A page or a document where a stream should be.
    static NoAnswer page(String type) {
        return new NoAnswer(
                body ->
                        new LlmFailure(
                                LlmFailure.Code.MALFORMED,
                                "a "
                                        + type
                                        + " instead of a stream: "
                                        + ChunkJson.shortened(body)));
    }

    @Override
    public void bytes(ByteBuffer bytes) {
        byte[] some = new byte[Math.min(bytes.remaining(), LARGEST - said.size())];
        bytes.get(some);
        said.writeBytes(some);
        if (said.size() == LARGEST) {
            end();
        }
    }

    @Override
    public void end() {
        throw why.apply(said.toString(StandardCharsets.UTF_8));
    }
}
