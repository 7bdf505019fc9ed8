package io.zhiwen.conversation.export;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.conversation.Conversation;
import io.zhiwen.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of a chat goes into a file: each question with its answer and sources. What its reader may
/// no longer read is not in the chat any more and so not in here.
///
/// @param sources the word for them in the reader's language
public record Transcript(String title, String sources, List<Turn> turns) {

    /// @param answer Markdown
    record Turn(String question, String answer, List<Source> sources) {}

    /// @param place document, page and headings, in words
    record Source(int number, String place, String text) {}

    public Transcript {
        turns = List.copyOf(turns);
    }

    /// @param withheld what stands in the place of an answer that is not shown
    /// @param where page or sheet of a citation, in words; may be empty
    public static Transcript of(
            Conversation chat,
            String title,
            String sources,
            String withheld,
            Function<Citation, String> where) {
        List<Turn> turns = new ArrayList<>();
        String question = "";
        for (Message message : chat.messages()) {
            if (message.role() == Message.Role.USER) {
                question = message.text();
            } else {
                boolean empty = message.withheld() && message.text().isEmpty();
                String answer = empty ? "*" + withheld + "*" : message.text();
                var cited = message.citations().stream().map(one -> source(one, where)).toList();
                turns.add(new Turn(question, answer, cited));
            }
        }
        return new Transcript(title, sources, turns);
    }

    /// e.g. `leave.pdf, p. 3, Leave › Sick leave`
    private static Source source(Citation citation, Function<Citation, String> where) {
        String headings = String.join(" › ", citation.headingPath());
        String place =
                Stream.of(citation.documentName(), where.apply(citation), headings)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
        return new Source(citation.number(), place, citation.text());
    }
}
