package io.zhiwen.ask.question;

/// An earlier question of a chat and its answer.
public record Turn(String question, String answer) {}
