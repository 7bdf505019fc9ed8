package io.zhiwen.conversation;

import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Writes down what is done with a whole chat: by whom and with which one, never its words.
@Component
class ChatActs {

    private final Audit audit;
    private final TransactionOperations transaction;

    ChatActs(Audit audit, TransactionOperations transaction) {
        this.audit = audit;
        this.transaction = transaction;
    }

    /// Does it and writes it down in one transaction.
    ///
    /// @param act says whether there was something to do
    /// @return what it said
    boolean did(Principal who, String action, UUID chat, BooleanSupplier act) {
        return Boolean.TRUE.equals(
                transaction.execute(
                        _ -> {
                            boolean done = act.getAsBoolean();
                            if (done) {
                                audit.record(who, action, object(chat), Map.of());
                            }
                            return done;
                        }));
    }

    void exported(Principal who, UUID chat, String format) {
        audit.record(who, "conversation.export", object(chat), Map.of("format", format));
    }

    private static String object(UUID chat) {
        return "chat:" + chat;
    }
}
