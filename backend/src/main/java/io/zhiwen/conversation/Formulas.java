package io.zhiwen.conversation;

import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/// Reads `$…$`, `$$…$$`, `\\(…\\)` and `\\[…\\]` as formulas. Amounts of money are none: between
/// single dollars something must look like TeX, and between the others, which may also be a
/// document's own escaped brackets, there must be a command of it.
final class Formulas implements InlineContentParserFactory {

    private static final int LONGEST = 2_000;
    private static final Pattern TEX = Pattern.compile("[\\\\^_={}<>+]|^\\p{L}$");

    private static final Pattern COMMAND = Pattern.compile("\\\\[A-Za-z]");
    private static final Pattern ANY = Pattern.compile("\\S");

    @Override
    public Set<Character> getTriggerCharacters() {
        return Set.of('$', '\\');
    }

    @Override
    public InlineContentParser create() {
        return Formulas::parse;
    }

    private static ParsedInline parse(InlineParserState state) {
        Scanner scanner = state.scanner();
        if (scanner.next('$')) {
            return scanner.next('$') ? until(scanner, "$$", true, ANY) : money(scanner);
        }
        scanner.next();
        if (scanner.next('(')) {
            return until(scanner, "\\)", false, COMMAND);
        }
        return scanner.next('[') ? until(scanner, "\\]", true, COMMAND) : ParsedInline.none();
    }

    private static ParsedInline money(Scanner scanner) {
        Position from = scanner.position();
        if (Character.isWhitespace(scanner.peek()) || scanner.find('$') <= 0) {
            return ParsedInline.none();
        }
        String tex = scanner.getSource(from, scanner.position()).getContent();
        scanner.next();
        boolean formula =
                tex.length() <= LONGEST
                        && !Character.isWhitespace(tex.charAt(tex.length() - 1))
                        && !Character.isDigit(scanner.peek())
                        && TEX.matcher(tex).find();
        return formula
                ? ParsedInline.of(new Formula(tex, false), scanner.position())
                : ParsedInline.none();
    }

    private static ParsedInline until(Scanner scanner, String end, boolean alone, Pattern with) {
        Position from = scanner.position();
        while (scanner.find(end.charAt(0)) >= 0) {
            Position before = scanner.position();
            if (scanner.next(end)) {
                String tex = scanner.getSource(from, before).getContent().strip();
                return tex.length() > LONGEST || !with.matcher(tex).find()
                        ? ParsedInline.none()
                        : ParsedInline.of(new Formula(tex, alone), scanner.position());
            }
            scanner.next();
        }
        return ParsedInline.none();
    }
}
