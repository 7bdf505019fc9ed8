package io.zhiwen.ask.question;

/// What is taken as a question.
///
/// @param maxCharacters of one question
public record QuestionSettings(int maxCharacters) {}
