package io.zhiwen.api;

import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.Answering;
import io.zhiwen.conversation.ServiceChats;
import io.zhiwen.search.Filter;
import io.zhiwen.search.Filters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Begins what services ask: alone, in a chat, or in a chat and once under an `Idempotency-Key`.
@Component
final class Askings {

    private static final String NEW = "new";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Answers answers;
    private final ServiceChats chats;
    private final Filters filters;

    Askings(Answers answers, ServiceChats chats, Filters filters) {
        this.answers = answers;
        this.chats = chats;
        this.filters = filters;
    }

    /// A question on its way.
    ///
    /// @param again whether it was asked before, under the same key
    /// @param undo takes back what was made for it when it cannot be asked
    record Asking(@Nullable UUID chat, boolean again, Supplier<Answers.Work> work, Runnable undo) {}

    Asking of(
            Principal.Key key,
            AskApi.Wanted wanted,
            Choice chosen,
            HttpHeaders headers,
            String question,
            Scope scope,
            Filter filter) {
        var chat = wanted.conversationId();
        if (chat == null) {
            return new Asking(null, false, () -> answers.of(alone(key, question, scope)), () -> {});
        }
        var given = headers.getFirst(Idempotency.HEADER);
        if (given == null) {
            return inChat(key, chat, chosen, question, filter, null);
        }
        var once = new ServiceChats.Once(Idempotency.key(key, given), hash(wanted));
        return switch (chats.turn(key, once)) {
            case ServiceChats.Turn.Mine(var claim) ->
                    inChat(key, chat, chosen, question, filter, claim);
            case ServiceChats.Turn.Before(var asked) -> again(key, once, asked);
        };
    }

    private Asking again(Principal.Key key, ServiceChats.Once once, ServiceChats.Asked asked) {
        var chat = asked.chat();
        var answer = asked.answer();
        if (chat == null || answer == null || !asked.requestHash().equals(once.requestHash())) {
            throw Idempotency.reused();
        }
        return new Asking(
                chat,
                true,
                () -> new ReadChat(events -> chats.follow(key, chat, answer, events)),
                () -> {});
    }

    private Asking inChat(
            Principal.Key key,
            String named,
            Choice chosen,
            String question,
            Filter filter,
            ServiceChats.@Nullable Claim claim) {
        boolean fresh = NEW.equals(named);
        try {
            UUID chat = fresh ? chats.create(key, chosen).id() : Ids.chat(named);
            return new Asking(
                    chat,
                    false,
                    () ->
                            new ReadChat(
                                    events ->
                                            chats.ask(
                                                    key,
                                                    chat,
                                                    question,
                                                    chosen,
                                                    of -> filters.narrowed(of, filter),
                                                    claim,
                                                    events)),
                    () -> {
                        release(key, claim);
                        if (fresh) {
                            chats.abandon(key, chat);
                        }
                    });
        } catch (RuntimeException e) {
            release(key, claim);
            throw e;
        }
    }

    private void release(Principal.Key key, ServiceChats.@Nullable Claim claim) {
        if (claim != null) {
            chats.release(key, claim);
        }
    }

    private static String hash(AskApi.Wanted wanted) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(JSON.writeValueAsBytes(wanted)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Answering.Ask alone(Principal.Key key, String question, Scope scope) {
        return new Answering.Ask(question, List.of(), scope, key.id().toString());
    }
}
