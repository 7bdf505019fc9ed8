package io.zhiwen.ask.prompt;

import io.zhiwen.ingest.chunk.Language;
import java.util.List;

/// Has a model say a question in another language, to search with it.
public final class TranslationPrompt {

    private TranslationPrompt() {}

    public static Prompt of(String question, Language in) {
        String system =
                switch (in) {
                    case ZH ->
                            "把下面的问题译成中文，用于检索中文文档：用领域里通行的说法，人名、产品名、编号和数字照原样保留或用通行译名。"
                                    + "不回答，不解释。只输出译文，一行。";
                    case EN ->
                            "Translate the question below into English, to search English documents"
                                    + " with it: in the words its field uses, names in their usual"
                                    + " English form, codes and numbers as they are. Do not answer"
                                    + " it, explain nothing. Output only the translation, on one"
                                    + " line.";
                };
        return new Prompt(
                system, List.of(), "<question>\n" + Neutral.text(question) + "\n</question>");
    }
}
