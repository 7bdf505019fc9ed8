package io.zhiwen.pages;

import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Users;
import io.zhiwen.account.WebSessions;
import io.zhiwen.conversation.Attachment;
import io.zhiwen.conversation.ConversationRow;
import io.zhiwen.conversation.Conversations;
import io.zhiwen.conversation.Shares;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// What the chat page's script asks for.
@RestController
@RequestMapping("/app/conversations")
class AskEndpoints {

    private static final int AT_ONCE = 3;

    private final Conversations conversations;
    private final Shares shares;
    private final Users users;
    private final WebSessions sessions;
    private final Turns turns;
    private final Words words;
    private final Set<AnswerStream> streams = ConcurrentHashMap.newKeySet();

    AskEndpoints(
            Conversations conversations,
            Shares shares,
            Users users,
            WebSessions sessions,
            Turns turns,
            Words words) {
        this.conversations = conversations;
        this.shares = shares;
        this.users = users;
        this.sessions = sessions;
        this.turns = turns;
        this.words = words;
    }

    /// @param assistant to ask; of its bases nothing but those named
    /// @param bases to search; everything one may read when no base, folder or document is named
    record Asked(
            @Nullable String text,
            @Nullable List<UUID> bases,
            @Nullable List<UUID> folders,
            @Nullable List<UUID> documents,
            @Nullable UUID assistant) {

        Choice choice() {
            return new Choice(
                    listed(bases).stream().map(KnowledgeBaseId::new).toList(),
                    listed(folders),
                    listed(documents).stream().map(DocumentId::new).toList(),
                    assistant);
        }

        private static List<UUID> listed(@Nullable List<UUID> ids) {
            return ids == null ? List.of() : ids;
        }

        String words() {
            return text == null ? "" : text;
        }
    }

    record Renamed(@Nullable String title) {}

    record Title(String title) {}

    record Chat(String id) {}

    record Link(String path) {}

    record Found(String id, String title) {}

    /// Asks in a new chat.
    @PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter askAnew(
            Principal.User me,
            @RequestBody Asked asked,
            HttpSession session,
            HttpServletResponse response,
            Locale locale) {
        mayAskMore(me);
        var id = conversations.create(me.id(), asked.choice()).id();
        try {
            return ask(me, id, asked, session, response, locale);
        } catch (RuntimeException e) {
            conversations.abandon(me, id);
            throw e;
        }
    }

    @PostMapping(path = "/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter askOn(
            Principal.User me,
            @PathVariable UUID id,
            @RequestBody Asked asked,
            HttpSession session,
            HttpServletResponse response,
            Locale locale) {
        mayAskMore(me);
        return ask(me, id, asked, session, response, locale);
    }

    private SseEmitter ask(
            Principal.User me,
            UUID id,
            Asked asked,
            HttpSession session,
            HttpServletResponse response,
            Locale locale) {
        return stream(
                me,
                id,
                session,
                response,
                locale,
                out -> conversations.ask(me, id, asked.words(), asked.choice(), out));
    }

    /// Answers the last question again.
    @PostMapping(path = "/{id}/again", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter again(
            Principal.User me,
            @PathVariable UUID id,
            HttpSession session,
            HttpServletResponse response,
            Locale locale) {
        mayAskMore(me);
        return stream(
                me, id, session, response, locale, out -> conversations.regenerate(me, id, out));
    }

    /// The running answer from its first event; 204 when none is running.
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> attach(
            Principal.User me,
            @PathVariable UUID id,
            HttpSession session,
            HttpServletResponse response,
            Locale locale) {
        if (conversations.find(me.id(), id).filter(ConversationRow::running).isEmpty()) {
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(
                stream(
                        me,
                        id,
                        session,
                        response,
                        locale,
                        out -> conversations.attach(me, id, out).orElseThrow(Faults.Gone::new)));
    }

    /// After this node's own answers have ended: who reads one of another node comes again, to
    /// whoever is left.
    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void end() {
        streams.forEach(AnswerStream::breakOff);
    }

    @PostMapping("/{id}/stop")
    ResponseEntity<Void> stop(Principal.User me, @PathVariable UUID id) {
        conversations.stop(me.id(), id);
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/{id}")
    Title rename(Principal.User me, @PathVariable UUID id, @RequestBody Renamed renamed) {
        var title = renamed.title();
        if (title == null || !conversations.rename(me.id(), id, title)) {
            throw new Faults.Gone();
        }
        return new Title(row(me, id).title());
    }

    /// Makes room for another question in the place of one: in this chat or in a copy of it.
    @PostMapping("/{id}/questions/{question}/instead")
    Chat instead(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID question,
            @RequestBody Asked asked) {
        return new Chat(conversations.instead(me, id, question, asked.words()).toString());
    }

    /// A new chat with all that was said until the answer to this question.
    @PostMapping("/{id}/questions/{question}/branch")
    Chat branch(Principal.User me, @PathVariable UUID id, @PathVariable UUID question) {
        return new Chat(conversations.branch(me.id(), id, question).toString());
    }

    /// A link for others who are signed in, to the chat as it is now.
    @PostMapping("/{id}/share")
    Link share(Principal.User me, @PathVariable UUID id) {
        return new Link("/shared/" + shares.share(me, id));
    }

    @DeleteMapping("/{id}/share")
    ResponseEntity<Void> revoke(Principal.User me, @PathVariable UUID id) {
        shares.revoke(me, id);
        return ResponseEntity.noContent().build();
    }

    /// The chats in which these words stand.
    @GetMapping
    List<Found> search(Principal.User me, @RequestParam String q) {
        return conversations.search(me, q).stream()
                .map(row -> new Found(row.id().toString(), row.title()))
                .toList();
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Principal.User me, @PathVariable UUID id) {
        if (!conversations.delete(me, id)) {
            throw new Faults.Gone();
        }
        return ResponseEntity.noContent().build();
    }

    private SseEmitter stream(
            Principal.User me,
            UUID id,
            HttpSession session,
            HttpServletResponse response,
            Locale locale,
            Function<AnswerStream, Attachment> start) {
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader("Cache-Control", "no-store");
        var stream = new AnswerStream(me, turns, words, locale);
        var attachment = start.apply(stream);
        var question = conversations.lastQuestion(me.id(), id).map(UUID::toString).orElse("");
        stream.begin(id.toString(), row(me, id).title(), question);
        var open = session.getId();
        streams.add(stream);
        stream.watch(
                () -> mayRead(me, open),
                () -> {
                    streams.remove(stream);
                    attachment.close();
                });
        return stream.emitter();
    }

    private boolean mayRead(Principal.User me, String session) {
        return sessions.isOpen(session) && users.current(me.id()).isPresent();
    }

    private ConversationRow row(Principal.User me, UUID id) {
        return conversations.find(me.id(), id).orElseThrow(Faults.Gone::new);
    }

    private void mayAskMore(Principal.User me) {
        long running =
                conversations.list(me.id()).stream().filter(ConversationRow::running).count();
        if (running >= AT_ONCE) {
            throw new Faults.TooManyAnswers();
        }
    }
}
