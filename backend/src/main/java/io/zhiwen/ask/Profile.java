package io.zhiwen.ask;

import io.zhiwen.ask.retrieve.RetrievalProfile;

/// What drives an answer: how passages are found, and when and from which of them it is made.
public record Profile(RetrievalProfile retrieval, AnswerSettings answers) {}
