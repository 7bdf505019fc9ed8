package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.Answer;
import io.zhiwen.conversation.Conversation;
import io.zhiwen.conversation.Conversations;
import io.zhiwen.conversation.Message;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.NextQuestions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// What one could ask next in a chat.
@RestController
class NextQuestionEndpoints {

    private final Conversations conversations;
    private final Access access;
    private final NextQuestions next;

    NextQuestionEndpoints(Conversations conversations, Access access, NextQuestions next) {
        this.conversations = conversations;
        this.access = access;
        this.next = next;
    }

    /// None while an answer is being written, and after one that rests on what its reader may no
    /// longer read.
    @GetMapping("/app/conversations/{id}/next")
    List<String> next(Principal.User me, @PathVariable UUID id) {
        var chat = conversations.open(me, id).orElseThrow(Faults.Gone::new);
        var said = chat.messages();
        if (said.isEmpty()) {
            return List.of();
        }
        var answer = said.getLast();
        if (answer.state() != Message.State.COMPLETE || answer.withheld()) {
            return List.of();
        }
        var asked =
                said.stream()
                        .filter(one -> one.role() == Message.Role.USER)
                        .map(Message::text)
                        .toList();
        boolean written = answer.engine() == Answer.Engine.LLM && !answer.refused();
        var last = new NextQuestions.Said(asked, answer.text(), written, answer.citations());
        return next.after(last, access.readableBy(me), bases(me, chat), me.id().toString());
    }

    /// Those the chat asks; all one may read where what it asked is no longer there.
    private Set<KnowledgeBaseId> bases(Principal.User me, Conversation chat) {
        try {
            return access.chosenBy(me, Right.READ, chat.row().choice()).shared();
        } catch (NoSuchKnowledgeBase _) {
            return access.everythingFor(me).shared();
        }
    }
}
