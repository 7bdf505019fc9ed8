package io.zhiwen.pages;

import java.util.List;

/// A question and what became of it.
///
/// @param message id of the question's message; empty for one not asked yet
/// @param answer id under which the answer is rated; empty while there is none
/// @param state `running`, `complete`, `stopped` or `failed`
/// @param blocks HTML of the renderer, one string for each block
/// @param fallback whether the passages answered because the model could not
/// @param approved whether people had approved the answer
record TurnView(
        String message,
        String answer,
        String question,
        String state,
        boolean refused,
        String stage,
        String thinking,
        List<String> blocks,
        List<SourceView> sources,
        String note,
        boolean fallback,
        boolean approved,
        VerdictView verdict) {

    /// Below one answer.
    private static final int MOST_FIGURES = 8;

    /// Those that stand beside what it cites, each once; none beside what only came near.
    public List<FigureView> figures() {
        return refused
                ? List.of()
                : sources.stream()
                        .flatMap(source -> source.figures().stream())
                        .distinct()
                        .limit(MOST_FIGURES)
                        .toList();
    }

    static final TurnView BLANK =
            new TurnView(
                    "",
                    "",
                    "",
                    "running",
                    false,
                    "",
                    "",
                    List.of(),
                    List.of(),
                    "",
                    false,
                    false,
                    VerdictView.NONE);
}
