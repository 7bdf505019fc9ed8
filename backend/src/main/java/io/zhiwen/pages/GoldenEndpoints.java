package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.conversation.Conversations;
import io.zhiwen.conversation.Message;
import io.zhiwen.evaluate.golden.GoldenDraft;
import io.zhiwen.evaluate.golden.GoldenQuestion;
import io.zhiwen.evaluate.golden.GoldenQuestions;
import io.zhiwen.evaluate.golden.GoldenRefused;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Takes a golden question from a chat: what was asked, and the passages the answer cited.
@RestController
class GoldenEndpoints {

    private final GoldenQuestions questions;
    private final Conversations conversations;
    private final Words words;

    GoldenEndpoints(GoldenQuestions questions, Conversations conversations, Words words) {
        this.questions = questions;
        this.conversations = conversations;
        this.words = words;
    }

    /// @param turn which question of the chat, from 0
    record Taken(UUID conversation, int turn) {}

    @PostMapping("/app/admin/golden-questions")
    Map<String, String> take(Principal.User me, @RequestBody Taken taken, Locale locale) {
        var chat = conversations.open(me, taken.conversation()).orElseThrow(Faults.Gone::new);
        var messages = chat.messages();
        int seen = -1;
        for (int i = 0; i + 1 < messages.size(); i++) {
            boolean asked = messages.get(i).role() == Message.Role.USER;
            seen += asked ? 1 : 0;
            if (asked && seen == taken.turn()) {
                var made = take(me, messages.get(i), messages.get(i + 1), chat.row().bases());
                var said = words.say(locale, "evaluate.golden.taken");
                return Map.of("message", said, "url", "/admin/evaluation/questions/" + made.id());
            }
        }
        throw new Faults.Gone();
    }

    /// What cites nothing or was refused needs one base, chosen for the chat.
    private GoldenQuestion take(
            Principal.User me, Message question, Message answer, List<KnowledgeBaseId> chosen) {
        var cited = answer.refused() ? List.<io.zhiwen.ask.cite.Citation>of() : answer.citations();
        if (cited.isEmpty() && (chosen.size() != 1 || !answer.refused())) {
            throw GoldenRefused.because(GoldenRefused.Reason.NO_BASE);
        }
        var base = cited.isEmpty() ? chosen.getFirst() : cited.getFirst().base();
        var inBase = cited.stream().filter(one -> one.base().equals(base)).toList();
        var draft =
                new GoldenDraft(
                        question.text(),
                        !answer.refused(),
                        inBase.stream().map(one -> one.document().value()).toList(),
                        inBase.stream().map(one -> one.text()).toList());
        return questions.add(me, base, draft, GoldenQuestion.Source.CHAT);
    }
}
