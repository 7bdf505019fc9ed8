package io.zhiwen.assistant;

/// An assistant as somebody sees it.
///
/// @param assistant without what they may not see of it, unless they may change it
/// @param on whether it answers
/// @param usable whether it answers them
/// @param changeable whether they may change and delete it
public record SeenAssistant(Assistant assistant, boolean on, boolean usable, boolean changeable) {}
