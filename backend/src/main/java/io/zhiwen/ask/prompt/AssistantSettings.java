package io.zhiwen.ask.prompt;

import io.zhiwen.ingest.chunk.Language;

/// Who the assistant is: a setting, never a model's guess.
///
/// @param name by which it goes; empty for Zhiwen's own
/// @param about what it says of itself when asked; empty for a sentence with its name
public record AssistantSettings(String name, String about) {

    /// What holds when nothing is set.
    public static final AssistantSettings DEFAULT = new AssistantSettings("", "");

    String nameIn(Language language) {
        if (!name.isBlank()) {
            return name.strip();
        }
        return switch (language) {
            case ZH -> "知问";
            case EN -> "Zhiwen";
        };
    }

    /// What it answers to who asks who it is.
    public String aboutIn(Language language) {
        if (!about.isBlank()) {
            return about.strip();
        }
        return switch (language) {
            case ZH -> "我是" + nameIn(language) + "，根据你可以查看的文档回答问题，并标明每句话的出处。";
            case EN ->
                    "I am "
                            + nameIn(language)
                            + ". I answer questions from the documents you may read, and say where"
                            + " each sentence comes from.";
        };
    }
}
