package io.zhiwen.ask.table;

import io.zhiwen.ask.prompt.Prompt;
import io.zhiwen.ask.prompt.TablePrompt;
import io.zhiwen.ingest.store.StoredTable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which questions a model is asked about where rules do not tell, and with which tables.
final class Proposals {

    /// What turns a condition around.
    private static final Pattern NEGATION =
            Pattern.compile(
                    "[不没非未无]|除|\\bnot?\\b|n't\\b|\\bwithout\\b|\\bexcept\\b|\\bexclud|\\bother than\\b|\\bneither\\b");

    private static final int MOST_TABLES = 5;

    /// Words that neither name something nor say nothing: with more of them the question is about
    /// something else.
    private static final int MOST_UNKNOWN = 3;

    private Proposals() {}

    /// Tables that the question may be about; none when no model is to be asked.
    static List<StoredTable> tables(String folded, Mentions mentions, List<StoredTable> named) {
        if (NEGATION.matcher(folded).find()) {
            return List.of();
        }
        return named.stream()
                .filter(StoredTable::flat)
                .filter(table -> isLikely(mentions.laid(table)))
                .limit(MOST_TABLES)
                .toList();
    }

    private static boolean isLikely(Mentions.Laid laid) {
        boolean named =
                laid.mentions().stream()
                        .anyMatch(
                                one ->
                                        one instanceof Mention.OfColumn
                                                || one instanceof Mention.OfValue);
        return named && laid.unknown().size() <= MOST_UNKNOWN;
    }

    static Prompt prompt(String folded, Mentions mentions, List<StoredTable> tables) {
        return TablePrompt.of(
                folded,
                tables.stream().map(table -> shown(mentions, table)).toList(),
                words(folded, Proposal.said(mentions, Cue.Kind.BOUND)),
                words(folded, Proposal.said(mentions, Cue.Kind.PERIOD)));
    }

    private static TablePrompt.Shown shown(Mentions mentions, StoredTable table) {
        return new TablePrompt.Shown(
                table.documentName() + " " + String.join(", ", table.titles()),
                table.columns().stream()
                        .map(
                                column ->
                                        new TablePrompt.Column(
                                                column.name(),
                                                column.kind().name().toLowerCase(Locale.ROOT)))
                        .toList(),
                Proposal.values(mentions, table));
    }

    private static List<String> words(String folded, List<Cue> cues) {
        return cues.stream().map(cue -> folded.substring(cue.start(), cue.end())).toList();
    }
}
