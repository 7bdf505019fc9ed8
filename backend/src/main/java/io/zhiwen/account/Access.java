package io.zhiwen.account;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Says what a principal may do, from the primary database, each time anew.
public interface Access {

    /// All that the principal has the right to.
    Scope everythingFor(Principal principal, Right right);

    /// What the principal may do in the base; nothing when it is absent.
    Set<Right> rights(Principal principal, KnowledgeBaseId base);

    /// Those of the documents that the scope lets be read, deleted ones included: what was said of
    /// them is still in old chats.
    Set<DocumentId> readable(Scope scope, Collection<DocumentId> documents);

    /// All the principal may read.
    default Scope everythingFor(Principal principal) {
        return everythingFor(principal, Right.READ);
    }

    /// What the principal may read of `chosen`; all of it when `chosen` is empty. A base that is
    /// absent or forbidden is a `NoSuchKnowledgeBase`: both look the same.
    default Scope chosenBy(Principal principal, Collection<KnowledgeBaseId> chosen) {
        return chosenBy(principal, Right.READ, chosen);
    }

    /// The same for another right.
    ///
    /// @throws NotAllowed when the principal is a key that was not made for it
    default Scope chosenBy(Principal principal, Right right, Collection<KnowledgeBaseId> chosen) {
        if (principal instanceof Principal.Key key
                && !KeyScope.rights(key.scopes()).contains(right)) {
            throw new NotAllowed(right + " with this key");
        }
        return everythingFor(principal, right).narrowedTo(chosen);
    }

    /// The same down to folders and documents, and through an assistant.
    ///
    /// @throws NoSuchKnowledgeBase when one of what is chosen is not there for the principal, or
    /// nothing in it is
    default Scope chosenBy(Principal principal, Right right, Choice choice) {
        Scope all = chosenBy(principal, right, List.of());
        UUID assistant = choice.assistant();
        if (assistant != null) {
            all = all.through(assistant, basesOf(assistant));
        }
        return choice.isOfBases()
                ? all.narrowedTo(choice.bases())
                : all.narrowedTo(choice.bases(), inside(all, choice));
    }

    /// The bases of an assistant, whoever may read them; none when it is off or absent.
    Set<KnowledgeBaseId> basesOf(UUID assistant);

    /// The documents of the choice's folders and its single ones, by base.
    ///
    /// @throws NoSuchKnowledgeBase when one is not in the scope, or a folder holds nothing of it
    Map<KnowledgeBaseId, Set<DocumentId>> inside(Scope scope, Choice choice);

    /// The scope, and beside it what is attached to this chat, where it is theirs. No right reaches
    /// what is attached to a chat: it is searched in that chat and nowhere else.
    Scope withAttached(Scope scope, Principal.User user, UUID chat);

    /// All the principal may read in front of old answers: beside what they may search, what is
    /// attached to chats of theirs.
    Scope readableBy(Principal principal);

    /// Passes those who have the right.
    ///
    /// @throws NoSuchKnowledgeBase when they have none in this base, as when it is absent
    /// @throws NotAllowed when they have another one
    default void require(Principal principal, KnowledgeBaseId base, Right right) {
        var rights = rights(principal, base);
        if (rights.isEmpty()) {
            throw new NoSuchKnowledgeBase(base);
        }
        if (!rights.contains(right)) {
            throw new NotAllowed(right + " in " + base);
        }
    }
}
