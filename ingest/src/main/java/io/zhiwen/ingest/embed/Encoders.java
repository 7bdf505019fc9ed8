package io.zhiwen.ingest.embed;

import io.zhiwen.ingest.chunk.Language;
import java.util.List;

/// The encoder for each language.
public record Encoders(Encoder chinese, Encoder english) implements AutoCloseable {

    public Encoder of(Language language) {
        return switch (language) {
            case ZH -> chinese;
            case EN -> english;
        };
    }

    public List<Encoder> all() {
        return List.of(chinese, english);
    }

    @Override
    public void close() {
        chinese.close();
        english.close();
    }
}
