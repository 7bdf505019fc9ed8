package io.zhiwen.ask.prompt;

import io.zhiwen.ask.question.Tongue;

/// Who the assistant is: a setting, never a model's guess.
///
/// @param name by which it goes; empty for Zhiwen's own
/// @param about what it says of itself when asked; empty for a sentence with its name
public record AssistantSettings(String name, String about) {

    /// What holds when nothing is set.
    public static final AssistantSettings DEFAULT = new AssistantSettings("", "");

    String nameIn(Tongue tongue) {
        if (!name.isBlank()) {
            return name.strip();
        }
        return switch (tongue) {
            case SIMPLIFIED -> "知问";
            case TRADITIONAL -> "知問";
            case ENGLISH -> "Zhiwen";
        };
    }

    /// What it answers to who asks who it is.
    public String aboutIn(Tongue tongue) {
        if (!about.isBlank()) {
            return about.strip();
        }
        return switch (tongue) {
            case SIMPLIFIED -> "我是" + nameIn(tongue) + "，根据你可以查看的文档回答问题，并标明每句话的出处。";
            case TRADITIONAL -> "我是" + nameIn(tongue) + "，依據您可以查看的文件回答問題，並標明每句話的出處。";
            case ENGLISH ->
                    "I am "
                            + nameIn(tongue)
                            + ". I answer questions from the documents you may read, and say where"
                            + " each sentence comes from.";
        };
    }
}
