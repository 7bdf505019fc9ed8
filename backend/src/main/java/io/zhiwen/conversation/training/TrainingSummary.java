package io.zhiwen.conversation.training;

import java.util.Map;

/// What became of a choice.
///
/// @param chosen rated answers
/// @param lines that were made of them, of which `train` and `test`
/// @param masked personal numbers, addresses and keys in those lines
/// @param passages that were sent to the model and are left out of a line that stays, as their
/// document may no longer be read
/// @param leftOut how many of the chosen are in no line, by why
public record TrainingSummary(
        int chosen,
        int lines,
        int train,
        int test,
        int masked,
        int passages,
        Map<LeftOut, Integer> leftOut) {

    public TrainingSummary {
        leftOut = Map.copyOf(leftOut);
    }
}
