package io.zhiwen.api;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentLife;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Citations with what is to be known of their documents today: that one expires, or what took its
/// place where the caller may ask that too.
@Component
class Citing {

    private final Access access;
    private final Library library;

    Citing(Access access, Library library) {
        this.access = access;
        this.library = library;
    }

    List<AnswerJson.CitationJson> told(Principal principal, List<Citation> citations) {
        var lives = lives(principal, citations);
        return citations.stream()
                .map(one -> AnswerJson.CitationJson.of(one, lives.get(one.document())))
                .toList();
    }

    /// Without documents that are gone meanwhile.
    Map<DocumentId, DocumentLife> lives(Principal principal, List<Citation> citations) {
        return citations.isEmpty()
                ? Map.of()
                : library.lives(
                        access.everythingFor(principal, Right.ASK),
                        citations.stream().map(Citation::document).toList());
    }
}
