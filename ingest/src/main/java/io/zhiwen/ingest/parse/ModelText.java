package io.zhiwen.ingest.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// What a model says it saw, as blocks of a document. Its words are a stranger's: they are cut to a
/// length, and what a model server reads as control tokens is taken out.
final class ModelText {

    private static final int LONGEST_PAGE = 20_000;
    private static final int LONGEST_DESCRIPTION = 2_000;

    private static final Pattern THOUGHT =
            Pattern.compile("(?is)^\\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\\z)");
    private static final Pattern CONTROL =
            Pattern.compile(
                    "(?i)<\\s*[|｜][^<>]{0,60}[|｜]\\s*>|</?(?:s|bos|eos|pad|unk|think|start_of_turn|"
                            + "end_of_turn)>|\\[/?INST]|<</?SYS>>");
    private static final Pattern FENCE = Pattern.compile("(?m)^```.*$\\n?");

    /// Of answers that are no text of a page.
    private static final Pattern APOLOGY =
            Pattern.compile(
                    "(?is)\\s*[\"'*]*unreadable\\b.{0,40}"
                            + "|\\s*(?:i['’]?m sorry|sorry|i am unable|i(?: can(?:not|['’]?t)|['’]m unable)"
                            + "|unfortunately|抱歉|很抱歉|对不起|我?无法(?:识别|读取|辨认|看清)|图片?(?:中没有|无法)).{0,300}");

    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(\\S.*)");
    private static final Pattern ITEM = Pattern.compile("[-*•]\\s+(\\S.*)");
    private static final Pattern RULE = Pattern.compile("\\|?[\\s|:-]*-[\\s|:-]*");

    private ModelText() {}

    /// None where it says that it cannot read.
    static List<Block> page(String said, int page) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : words(said, LONGEST_PAGE).lines().toList()) {
            boolean goesOn =
                    !line.isBlank() && isRow(line) == (!lines.isEmpty() && isRow(lines.getLast()));
            boolean alone = HEADING.matcher(line).matches() || ITEM.matcher(line.strip()).matches();
            if (!goesOn || alone) {
                write(lines, page, blocks);
            }
            if (!line.isBlank()) {
                lines.add(line.strip());
            }
            if (alone) {
                write(lines, page, blocks);
            }
        }
        write(lines, page, blocks);
        return blocks;
    }

    /// Marked as a model's; empty where it says that it cannot make anything out.
    static String figure(String said) {
        String words = words(said, LONGEST_DESCRIPTION).replaceAll("\\s+", " ").strip();
        boolean han = words.codePoints().anyMatch(Character::isIdeographic);
        return words.isEmpty()
                ? ""
                : (han ? "【图，由模型描述】" : "[Figure, described by a model] ") + words;
    }

    private static String words(String said, int most) {
        String bare = FENCE.matcher(THOUGHT.matcher(said).replaceFirst("")).replaceAll("");
        String harmless = bare;
        for (int i = 0; i < 3; i++) { // what is taken out may leave another behind
            harmless = CONTROL.matcher(harmless).replaceAll("");
        }
        String kept = harmless.strip();
        if (APOLOGY.matcher(kept).matches()) {
            return "";
        }
        int end = Math.min(most, kept.length());
        return kept.substring(
                0, end > 0 && Character.isHighSurrogate(kept.charAt(end - 1)) ? end - 1 : end);
    }

    private static boolean isRow(String line) {
        String row = line.strip();
        return row.length() > 2 && row.startsWith("|") && row.endsWith("|");
    }

    private static void write(List<String> lines, int page, List<Block> to) {
        if (lines.isEmpty()) {
            return;
        }
        var heading = HEADING.matcher(lines.getFirst());
        var item = ITEM.matcher(lines.getFirst());
        if (isRow(lines.getFirst())) {
            to.add(table(lines, page));
        } else if (heading.matches()) {
            to.add(Block.heading(heading.group(1).length(), heading.group(2), page));
        } else if (item.matches()) {
            to.add(Block.listItem(1, item.group(1), page));
        } else {
            to.add(Block.paragraph(String.join("\n", lines), page));
        }
        lines.clear();
    }

    private static Block table(List<String> lines, int page) {
        boolean headed = lines.size() > 1 && RULE.matcher(lines.get(1)).matches();
        List<List<String>> rows =
                lines.stream()
                        .filter(line -> !RULE.matcher(line).matches())
                        .map(line -> line.substring(1, line.length() - 1))
                        .map(
                                line ->
                                        Arrays.stream(line.split("\\|", -1))
                                                .map(String::strip)
                                                .toList())
                        .toList();
        return rows.isEmpty()
                ? Block.paragraph("", page)
                : Block.table(rows, headed ? 1 : 0, page, null);
    }
}
