package io.zhiwen.ask.translate;

import io.zhiwen.ingest.chunk.Language;
import java.util.Optional;

/// Says a question in the other language, word by word, with the bundled dictionary (CC-CEDICT).
/// The dictionary is read when the first question needs it. Safe for concurrent use.
public final class Translator {

    private static final class Chinese {
        static final ChineseReader READER = new ChineseReader(Dictionary.load("zh-en.txt.gz"));
    }

    private static final class English {
        static final EnglishReader READER = new EnglishReader(Dictionary.load("en-zh.txt.gz"));
    }

    /// Empty when the dictionary has none of its words.
    public Optional<Translation> translate(String question, Language to) {
        Translation said =
                switch (to) {
                    case EN -> Chinese.READER.read(question);
                    case ZH -> English.READER.read(question);
                };
        return said.rendering().words().isEmpty() ? Optional.empty() : Optional.of(said);
    }
}
