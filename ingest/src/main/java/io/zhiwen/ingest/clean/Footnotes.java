package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The footnotes of a document, each behind the paragraph that refers to it and called a footnote
/// in its own language. For one document.
final class Footnotes {

    private static final Pattern MARK =
            Pattern.compile(
                    "(?s)(?:(\\d{1,3})[.．]?\\s?(?=[\\p{L}“‘\"'《「])|[\\[［〔](\\d{1,3})[\\]］〕]\\s?"
                            + "|([*＊†‡]{1,3}|[①-⑳])\\s?|注\\s?(\\d{0,2})[:：]\\s?)(?<text>.+)");

    /// How many blocks above a footnote what refers to it may stand.
    private static final int FARTHEST = 40;

    private record Note(String mark, Block block, int behind) {}

    private final List<Note> notes = new ArrayList<>();

    /// @param behind after how many blocks of text it stood
    void add(Block note, int behind) {
        Matcher marked = MARK.matcher(note.text());
        if (marked.matches()) {
            String text = marked.group("text").strip();
            notes.add(new Note(mark(marked), Cleaner.withText(note, text), behind));
        } else if (notes.isEmpty()) {
            notes.add(new Note("", note, behind));
        } else {
            Note last = notes.removeLast();
            StringBuilder whole = new StringBuilder(last.block().text());
            Lines.append(whole, note.text());
            Block block = Cleaner.withText(last.block(), whole.toString());
            notes.add(new Note(last.mark(), block, last.behind()));
        }
    }

    private static String mark(Matcher marked) {
        for (int group = 1; group <= 4; group++) {
            String mark = marked.group(group);
            if (mark != null) {
                return mark;
            }
        }
        return "";
    }

    List<Block> among(List<Block> text) {
        if (notes.isEmpty()) {
            return text;
        }
        List<List<Block>> behind = new ArrayList<>();
        for (int i = 0; i <= text.size(); i++) {
            behind.add(new ArrayList<>());
        }
        notes.forEach(note -> behind.get(place(note, text)).add(named(note)));
        List<Block> all = new ArrayList<>(behind.getFirst());
        for (int i = 0; i < text.size(); i++) {
            all.add(text.get(i));
            all.addAll(behind.get(i + 1));
        }
        return all;
    }

    /// Behind how many blocks of text it belongs: the nearest that refers to it, of its own page or
    /// one that reaches into it; else where it stood.
    private static int place(Note note, List<Block> text) {
        if (!note.mark().isEmpty()) {
            Pattern reference = reference(note.mark());
            int page = Objects.requireNonNullElse(note.block().page(), 0);
            for (int at = note.behind(); at > Math.max(0, note.behind() - FARTHEST); at--) {
                Block block = text.get(at - 1);
                if (Objects.requireNonNullElse(block.page(), 0) < page - 1) {
                    break;
                }
                if (block.kind() != Kind.TABLE && reference.matcher(block.text()).find()) {
                    return at;
                }
            }
        }
        return note.behind();
    }

    /// A number right behind a word or the end of a sentence, or in brackets.
    private static Pattern reference(String mark) {
        String quoted = Pattern.quote(mark);
        return Character.isDigit(mark.charAt(0))
                ? Pattern.compile(
                        "(?<=[\\p{L}”’\"')）》。，；：]|\\p{L}[.,;:])%s(?![\\d.,]*\\d|[%%％年月日条章\\p{IsLatin}])|[\\[［〔]%s[\\]］〕]"
                                .formatted(quoted, quoted))
                : Pattern.compile(quoted);
    }

    private static Block named(Note note) {
        String text = note.block().text();
        boolean chinese = text.codePoints().anyMatch(Character::isIdeographic);
        String name = chinese ? "脚注" : note.mark().isEmpty() ? "Footnote" : "Footnote ";
        return Cleaner.withText(note.block(), name + note.mark() + (chinese ? "：" : ": ") + text);
    }
}
