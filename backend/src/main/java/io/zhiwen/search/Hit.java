package io.zhiwen.search;

import io.zhiwen.ask.rerank.Passage;

/// A passage and its document.
public record Hit(Passage passage, FoundDocument document) {}
