package io.zhiwen.ask.retrieve;

import io.zhiwen.ask.translate.Translation;
import java.util.Optional;

/// What a scope holds in the language that the question is not in.
///
/// @param held whether it holds anything
/// @param byWords what the dictionary makes of the question, if it has any of its words
record Foreign(boolean held, Optional<Translation> byWords) {

    static final Foreign NOTHING = new Foreign(false, Optional.empty());
}
