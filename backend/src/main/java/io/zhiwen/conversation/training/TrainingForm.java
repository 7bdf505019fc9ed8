package io.zhiwen.conversation.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a line of training data holds.
public enum TrainingForm {
    /// `messages` of a chat with the passages that were sent, for supervised fine-tuning.
    CHAT,
    /// `prompt`, `chosen` and `rejected`, for preference training.
    PREFERENCE,
    /// `question`, `context` and `answer`, for distillation.
    CONTEXT,
    /// `text`, for continued pre-training.
    TEXT;

    /// As pages and the API write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The form of this name, if it is one.
    public static Optional<TrainingForm> of(String code) {
        return Arrays.stream(values()).filter(form -> form.code().equals(code)).findFirst();
    }
}
