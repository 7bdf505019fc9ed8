package io.zhiwen.ask.prompt;

import java.util.regex.Pattern;

/// Makes data harmless: what a model server would read as control tokens or as the border of a role
/// or of a passage is changed into look-alikes, so that nobody but us opens a turn. The words stay
/// readable. Hidden characters are dropped.
final class Neutral {

    private static final Pattern INVISIBLE =
            Pattern.compile(
                    "[\\p{Cc}&&[^\\n\\t]]"
                            + "|[\\u00AD\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]"
                            + "|[\\x{E0000}-\\x{E007F}]");

    /// ChatML, Llama 3, Phi, DeepSeek: `<|im_start|>`, `<｜User｜>`.
    private static final Pattern BAR_OPEN = Pattern.compile("<(\\s*[|｜])");

    private static final Pattern BAR_CLOSE = Pattern.compile("([|｜]\\s*)>");

    /// Llama 2, Mistral, Gemma, GLM, reasoning and tool markers, and our own borders.
    private static final Pattern TAG =
            Pattern.compile(
                    "(?i)<(/?\\s*(?:s|bos|eos|pad|unk|sop|eop|mask|think|thinking|tool_call|"
                            + "tool_response|tools?|function_calls?|start_of_turn|end_of_turn|unused\\d*|"
                            + "passages?|question|history|about_asker|system|user|assistant)\\b[^<>]{0,200})>");

    private static final Pattern LLAMA_SYSTEM = Pattern.compile("(?i)<<(/?SYS)>>");
    private static final Pattern SQUARE =
            Pattern.compile(
                    "(?i)\\[(/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|"
                            + "TOOL_CONTENT|ARGS|THINK|gMASK|sMASK))]");

    /// Plain-text templates: a line that begins with `User:` or `### Instruction:`.
    private static final Pattern ROLE =
            Pattern.compile(
                    "(?im)^([\\t #*>]*(?:system|user|assistant|human|developer|tool|instruction|"
                            + "response|input|gpt4 correct \\w+)[\\t *]*)([:：])");

    private static final Pattern REFERENCE =
            Pattern.compile("(?<![\\w)\\]])\\[(\\d{1,4}(?:\\s*[,，;、–-]\\s*\\d{1,4})*)]");
    private static final Pattern CITED = Pattern.compile("[ \\t]*(?:\\[(?:\\d{1,4}|\\?)])+");

    private Neutral() {}

    /// For questions and answers of before.
    static String text(String data) {
        String safe = INVISIBLE.matcher(data).replaceAll("");
        safe = LLAMA_SYSTEM.matcher(safe).replaceAll("‹‹$1››");
        safe = BAR_OPEN.matcher(safe).replaceAll("‹$1");
        safe = BAR_CLOSE.matcher(safe).replaceAll("$1›");
        safe = TAG.matcher(safe).replaceAll("‹$1›");
        safe = SQUARE.matcher(safe).replaceAll("［$1］");
        return ROLE.matcher(safe).replaceAll("$1 ∶");
    }

    /// A passage's own `[3]` is not one of our citations: it becomes `(3)`.
    static String passage(String data) {
        return REFERENCE.matcher(text(data)).replaceAll("($1)");
    }

    /// An earlier answer's numbers name earlier passages.
    static String answer(String data) {
        return CITED.matcher(text(data)).replaceAll("");
    }

    /// For the value of an attribute.
    static String attribute(String data) {
        return text(data).replaceAll("[\\s\"<>]+", " ").strip();
    }
}
