package io.zhiwen.ask.prompt;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Assembles prompts: rules, then history, then numbered passages, then the question. Safe for
/// concurrent use.
@Component
public class Prompts {

    /// For what an estimate may miss.
    private static final int MARGIN = 64;

    private final PromptSettings settings;
    private final Texts texts;
    private final AssistantSettings assistant;
    private final InstructionsOf instructions;

    @Autowired
    public Prompts(
            PromptSettings settings,
            Texts texts,
            AssistantSettings assistant,
            InstructionsOf instructions) {
        this.settings = settings;
        this.texts = texts;
        this.assistant = assistant;
        this.instructions = instructions;
    }

    /// With what is built in.
    public Prompts(PromptSettings settings, Texts texts) {
        this(settings, texts, AssistantSettings.DEFAULT, _ -> Instructions.NONE);
    }

    /// What the assistant says of itself.
    public String introduction(Language language) {
        return assistant.aboutIn(language);
    }

    /// The beginning of a prompt, as a model would get it.
    public String rules(Language language, Instructions added) {
        return Rules.in(language, assistant, added);
    }

    /// @param passages best first; the last are dropped when not all fit, the first never
    /// @param answerTokens kept free for the answer
    public Assembled assemble(
            Question question, List<Turn> history, List<Passage> passages, int answerTokens) {
        return assemble(
                question,
                history,
                passages,
                settings.contextTokens(),
                answerTokens,
                instructions(question));
    }

    /// Of the question's base, or none.
    public Instructions instructions(Question question) {
        return instructions.in(question.scope());
    }

    /// @param contextTokens what this model holds, question and answer together
    /// @param added what the model is told beside the rules
    public Assembled assemble(
            Question question,
            List<Turn> history,
            List<Passage> passages,
            int contextTokens,
            int answerTokens,
            Instructions added) {
        String rules = rules(question.language(), added);
        String asked = question(question);
        int left =
                contextTokens
                        - answerTokens
                        - MARGIN
                        - 2 * Tokens.PER_MESSAGE
                        - Tokens.estimate(rules)
                        - Tokens.estimate(asked);
        List<Turn> turns = recent(history, Math.min(settings.historyTokens(), left / 3));
        for (Turn turn : turns) {
            left -= Tokens.of(turn);
        }
        int passageTokens = Math.min(settings.passageTokens(), left);
        List<Passage> sent = fitting(passages, passageTokens);
        List<String> grown =
                new Growth(texts, settings.sectionTokens()).grow(sent, passageTokens - cost(sent));
        String user = passages(sent, grown, passageTokens) + asked;
        return new Assembled(
                new Prompt(rules, turns, user),
                sent,
                grown,
                passages.subList(sent.size(), passages.size()),
                history.size() - turns.size());
    }

    /// Whether a model's answer says, as the rules ask it to, that it found none.
    public static boolean saysNoAnswer(String answer) {
        String start = answer.strip();
        return start.startsWith(Rules.NO_ANSWER_ZH)
                || start.regionMatches(true, 0, Rules.NO_ANSWER_EN, 0, Rules.NO_ANSWER_EN.length());
    }

    /// Asks a model to make a follow-up stand alone.
    public static Prompt rewrite(String typed, List<Turn> history, Language language) {
        StringBuilder said = new StringBuilder();
        for (Turn turn : history.subList(Math.max(0, history.size() - 3), history.size())) {
            said.append("Q: ").append(Neutral.text(turn.question())).append('\n');
            said.append("A: ").append(shortened(Neutral.answer(turn.answer()))).append('\n');
        }
        String system =
                switch (language) {
                    case ZH ->
                            "把用户最后的追问改写成一个不看前文也能懂的完整问题。只补上代词和省略所指的内容，"
                                    + "不回答，不添加别的要求。只输出改写后的问题，一行。";
                    case EN ->
                            "Rewrite the user's last follow-up as one complete question that can be"
                                    + " understood without the conversation. Only fill in what pronouns and"
                                    + " omissions refer to. Do not answer it. Output only the rewritten"
                                    + " question, on one line, in the language of the follow-up.";
                };
        String user =
                "<history>\n"
                        + said
                        + "</history>\n\n<question>\n"
                        + Neutral.text(typed)
                        + "\n</question>";
        return new Prompt(system, List.of(), user);
    }

    private static String shortened(String answer) {
        return answer.length() <= 400 ? answer : answer.substring(0, 400) + "…";
    }

    private static String question(Question question) {
        return "\n<question>\n" + Neutral.text(question.asked()) + "\n</question>";
    }

    /// The newest turns that fit, in their order.
    private static List<Turn> recent(List<Turn> history, int tokens) {
        List<Turn> turns = new ArrayList<>();
        int left = tokens;
        for (Turn turn : history.reversed()) {
            Turn safe = new Turn(Neutral.text(turn.question()), Neutral.answer(turn.answer()));
            left -= Tokens.of(safe);
            if (left < 0) {
                break;
            }
            turns.addFirst(safe);
        }
        return turns;
    }

    private static List<Passage> fitting(List<Passage> passages, int tokens) {
        int left = tokens;
        int fit = 0;
        for (Passage passage : passages) {
            left -= cost(passage);
            if (left < 0) {
                break;
            }
            fit++;
        }
        return passages.subList(0, Math.max(fit, Math.min(1, passages.size())));
    }

    private static int cost(List<Passage> passages) {
        return passages.stream().mapToInt(Prompts::cost).sum();
    }

    private static int cost(Passage passage) {
        return Tokens.estimate(passage.source().chunk().text())
                + Tokens.estimate(opening(0, passage))
                + Tokens.PER_MESSAGE;
    }

    private static String passages(List<Passage> sent, List<String> grown, int tokens) {
        StringBuilder text = new StringBuilder("<passages>\n");
        for (int i = 0; i < sent.size(); i++) {
            String body = Neutral.passage(grown.get(i));
            // only a first passage larger than the whole budget is cut
            text.append(opening(i + 1, sent.get(i)))
                    .append(sent.size() == 1 ? Growth.cut(body, Math.max(tokens, 100)) : body)
                    .append("\n</passage>\n");
        }
        return text.append("</passages>\n").toString();
    }

    private static String opening(int number, Passage passage) {
        Chunk chunk = passage.source().chunk();
        StringBuilder tag = new StringBuilder("<passage n=\"").append(number);
        tag.append("\" document=\"").append(Neutral.attribute(passage.source().documentName()));
        if (chunk.page() != null) {
            tag.append("\" page=\"").append(chunk.page());
        }
        if (chunk.sheet() != null) {
            tag.append("\" sheet=\"").append(Neutral.attribute(chunk.sheet()));
        }
        if (!chunk.headingPath().isEmpty()) {
            tag.append("\" section=\"")
                    .append(Neutral.attribute(String.join(" / ", chunk.headingPath())));
        }
        return tag.append("\">\n").toString();
    }
}
