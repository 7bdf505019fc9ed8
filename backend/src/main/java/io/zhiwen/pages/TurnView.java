package io.zhiwen.pages;

import java.util.List;

/// A question and what became of it.
///
/// @param state `running`, `complete`, `stopped` or `failed`
/// @param blocks HTML of the renderer, one string for each block
record TurnView(
        String question,
        String state,
        boolean refused,
        String stage,
        String thinking,
        List<String> blocks,
        List<SourceView> sources,
        String note) {

    static final TurnView BLANK =
            new TurnView("", "running", false, "", "", List.of(), List.of(), "");
}
