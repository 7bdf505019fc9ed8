package io.zhiwen.conversation.export;

/// A chat as Markdown: questions are headings, sources a list beneath each answer.
public final class MarkdownFile {

    private MarkdownFile() {}

    public static String of(Transcript chat) {
        StringBuilder out = new StringBuilder("# " + line(chat.title()) + "\n");
        for (Transcript.Turn turn : chat.turns()) {
            out.append("\n## ").append(line(turn.question())).append("\n\n");
            out.append(turn.answer().strip()).append('\n');
            if (!turn.sources().isEmpty()) {
                out.append("\n**").append(chat.sources()).append("**\n\n");
            }
            for (Transcript.Source source : turn.sources()) {
                out.append("- \\[").append(source.number()).append("\\] ");
                out.append(line(source.place())).append("\n  > ");
                out.append(line(source.text())).append('\n');
            }
        }
        return out.toString();
    }

    /// One line in which nothing is markup.
    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
    }
}
