package io.zhiwen.ask.prompt;

import io.zhiwen.ask.question.Tongue;
import java.util.List;

/// Has a model suggest what a reader may want to ask next.
public final class NextPrompt {

    private static final int LONGEST_ANSWER = 1_200;
    private static final int MOST_TOPICS = 8;

    private NextPrompt() {}

    /// @param topics of what the documents tell beside; what is asked of them can be answered
    public static Prompt of(String question, String answer, List<String> topics, Tongue tongue) {
        String system =
                switch (tongue) {
                    case TRADITIONAL ->
                            "讀者剛得到下面的回答。請替讀者寫三個接下來最可能想問的短問題：具體、自然、能用這些文件回答，"
                                    + "不重複已問過的內容。用繁體中文，每行一個問題，以問號結尾，不編號，不作回答。";
                    case SIMPLIFIED ->
                            "读者刚得到下面的回答。请替读者写三个接下来最可能想问的短问题：具体、自然、能用这些文档回答，"
                                    + "不重复已问过的内容。每行一个问题，以问号结尾，不编号，不作回答。";
                    case ENGLISH ->
                            "A reader just got the answer below. Write three short questions they would"
                                    + " most likely ask next: specific, natural, answerable from these"
                                    + " documents, not what was asked already. One question per line, ending"
                                    + " in a question mark, no numbers, no answers, in English.";
                };
        StringBuilder user = new StringBuilder("<question>\n");
        user.append(Neutral.text(question)).append("\n</question>\n\nA: ");
        user.append(Neutral.answer(shortened(answer)));
        if (!topics.isEmpty()) {
            user.append("\n\n<passages>\n");
            topics.stream()
                    .limit(MOST_TOPICS)
                    .forEach(topic -> user.append(Neutral.passage(topic)).append('\n'));
            user.append("</passages>");
        }
        return new Prompt(system, List.of(), user.toString());
    }

    private static String shortened(String answer) {
        return answer.length() <= LONGEST_ANSWER ? answer : answer.substring(0, LONGEST_ANSWER);
    }
}
