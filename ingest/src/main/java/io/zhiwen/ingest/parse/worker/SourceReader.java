package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Source code and settings: blocks of code that begin where a class, a function, a table or a
/// section does, below its name; remarks and annotations above one belong to it.
final class SourceReader implements DocumentReader {

    /// Without a name in it a block ends at the next empty line behind so many.
    private static final int LONG = 60;

    private static final int DEEPEST_INDENT = 8;
    private static final int LONGEST_LINE = 300;

    private static final String MODIFIERS =
            "(?:(?:export|default|public|private|protected|internal|static|final|abstract|async"
                    + "|override|open|sealed|data|inline|virtual|pub|extern|partial|declare)\\s+)*";
    private static final String NAME = "([\\p{L}_$][\\w$.]*)";

    private static final List<Pattern> DEFINITIONS =
            List.of(
                    Pattern.compile(
                            MODIFIERS
                                    + "(?:class|interface|enum|@interface|record|struct|trait|impl|object"
                                    + "|module|namespace|def|func|fn|fun|function|sub|type|message|service)\\s+"
                                    + "(?:\\([^)]*\\)\\s*)?"
                                    + NAME
                                    + ".*"),
                    Pattern.compile(
                            "(?i)create\\s+(?:or\\s+replace\\s+)?(?:\\w+\\s+)?(?:table|view|index|function"
                                    + "|procedure|trigger|type|sequence)\\s+(?:if\\s+not\\s+exists\\s+)?([\\w.\"`\\[\\]]+).*"),
                    Pattern.compile("alter\\s+table\\s+([\\w.\"`]+).*", Pattern.CASE_INSENSITIVE),
                    Pattern.compile(
                            "(?:export\\s+)?(?:const|let|var)\\s+"
                                    + NAME
                                    + "\\s*=\\s*(?:async\\s*)?(?:\\(.*|function\\b.*)"),
                    Pattern.compile("([\\w-]+)\\s*\\(\\)\\s*\\{?"),
                    Pattern.compile("\\[+([^\\[\\]]+)]+"),
                    Pattern.compile("([\\w.-]+):"),
                    Pattern.compile(
                            "(?:[\\w<>\\[\\],.?*&@]+\\s+)+[*&]*([\\p{L}_~][\\w:~]*)\\s*\\([^;=]*[{),(]"));

    private static final Set<String> NO_TYPES =
            Set.of(
                    "return", "else", "new", "throw", "if", "for", "while", "switch", "case",
                    "await", "yield", "delete", "catch", "do", "try", "goto", "assert", "using",
                    "import", "package", "raise", "print", "echo", "elif", "with", "select",
                    "insert", "values", "and", "or", "not", "in", "default", "finally", "from",
                    "where");

    private static final Pattern REMARK = Pattern.compile("(//|/\\*|\\*|#|@|--|;|\\[\\w).*");
    private static final Pattern PARTS =
            Pattern.compile("[_\\W]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    @Override
    public void read(Path file, Blocks to) throws IOException {
        write(TextReader.decode(Bytes.of(file)), to);
    }

    static void write(String text, Blocks to) {
        List<String> lines = text.lines().toList();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            String name = name(line);
            if (name != null) {
                List<String> above = remarks(block);
                flush(block, to);
                to.heading(indent(line) == 0 ? 1 : 2, spoken(name));
                block.addAll(above);
            } else if (line.isBlank() && block.size() >= LONG) {
                flush(block, to);
            }
            block.add(line);
        }
        flush(block, to);
    }

    private static void flush(List<String> block, Blocks to) {
        to.code(String.join("\n", block).stripTrailing());
        block.clear();
    }

    /// Takes the lines off the end that speak of what follows.
    private static List<String> remarks(List<String> block) {
        int from = block.size();
        while (from > 0 && REMARK.matcher(block.get(from - 1).strip()).matches()) {
            from--;
        }
        List<String> above = new ArrayList<>(block.subList(from, block.size()));
        block.subList(from, block.size()).clear();
        return above;
    }

    /// Of what a line begins, or null.
    private static @Nullable String name(String line) {
        String code = line.strip();
        if (code.isEmpty() || line.length() > LONGEST_LINE || indent(line) > DEEPEST_INDENT) {
            return null;
        }
        String word = code.split("\\W", 2)[0];
        boolean statement = code.endsWith(";") && !code.contains("{") && !isSchema(word);
        if (statement || NO_TYPES.contains(word)) {
            return null;
        }
        for (Pattern definition : DEFINITIONS) {
            Matcher found = definition.matcher(code);
            if (found.matches()) {
                boolean key = definition.pattern().equals("([\\w.-]+):");
                return key && indent(line) > 0 ? null : found.group(1);
            }
        }
        return null;
    }

    private static boolean isSchema(String word) {
        return word.equalsIgnoreCase("create") || word.equalsIgnoreCase("alter");
    }

    private static int indent(String line) {
        int indent = 0;
        for (int i = 0; i < line.length() && Character.isWhitespace(line.charAt(i)); i++) {
            indent += line.charAt(i) == '\t' ? 4 : 1;
        }
        return indent;
    }

    /// With the words it is made of, which people search for.
    private static String spoken(String name) {
        String words = PARTS.matcher(name).replaceAll(" ").strip();
        return words.contains(" ") ? name + " (" + words.toLowerCase(Locale.ROOT) + ")" : name;
    }
}
