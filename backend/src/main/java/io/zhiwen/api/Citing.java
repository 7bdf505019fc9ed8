package io.zhiwen.api;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentFigures;
import io.zhiwen.library.DocumentLife;
import io.zhiwen.library.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Citations with what is to be known of their documents today: that one expires, or what took its
/// place where the caller may ask that too; and with the figures that stand beside them.
@Component
class Citing {

    private final Access access;
    private final Library library;
    private final DocumentFigures figures;

    Citing(Access access, Library library, DocumentFigures figures) {
        this.access = access;
        this.library = library;
        this.figures = figures;
    }

    List<AnswerJson.CitationJson> told(Principal principal, List<Citation> citations) {
        var lives = lives(principal, citations);
        var shown =
                figures.of(
                        access.everythingFor(principal, Right.ASK),
                        citations.stream()
                                .map(
                                        one ->
                                                new DocumentFigures.Passage(
                                                        one.document(), one.version(), one.span()))
                                .toList());
        var told = new ArrayList<AnswerJson.CitationJson>();
        for (int i = 0; i < citations.size(); i++) {
            var one = citations.get(i);
            told.add(
                    AnswerJson.CitationJson.of(
                            one,
                            lives.get(one.document()),
                            shown.get(i).stream().map(FigureJson::of).toList()));
        }
        return told;
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
