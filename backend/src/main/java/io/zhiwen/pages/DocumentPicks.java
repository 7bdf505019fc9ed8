package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentChoices;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Documents of a base to choose from, of those that whoever asks may read.
@Component
final class DocumentPicks {

    private final DocumentChoices documents;
    private final Access access;

    DocumentPicks(DocumentChoices documents, Access access) {
        this.documents = documents;
        this.access = access;
    }

    Picks of(Principal.User me, KnowledgeBaseId base, String asked, Collection<UUID> chosen) {
        var scope = access.everythingFor(me);
        var words = Picks.clean(asked);
        return Picks.of(
                words,
                documents.named(scope, base, words, Picks.READ),
                documents.of(scope, base, chosen));
    }
}
