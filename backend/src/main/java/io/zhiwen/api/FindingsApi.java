package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.store.NearDuplicates;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/documents/{id}/findings")
@Tag(name = "Documents")
class FindingsApi {

    @Schema(name = "Finding", description = "What to know about how a document was understood.")
    record FindingJson(
            @Schema(example = "read-by-ocr") String kind,
            @Schema(description = "In the language of `Accept-Language` (en, zh).") String text,
            @Schema(description = "The pages it concerns; none for the document.")
                    List<Integer> pages,
            @Schema(description = "How many, or how much in percent, as the text says.") int amount,
            @Schema(description = "Of `near-duplicate`: the other document.")
                    @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable DocumentRef document) {

        static FindingJson of(Finding finding, MessageSource messages, Locale language) {
            String kind = finding.kind().name().toLowerCase(Locale.ROOT);
            Object[] values = {
                Finding.ranges(finding.pages()), finding.amount(), finding.pages().size()
            };
            return new FindingJson(
                    kind.replace('_', '-'),
                    messages.getMessage("finding." + kind, values, language),
                    finding.pages(),
                    finding.amount(),
                    null);
        }

        static FindingJson of(NearDuplicates.Alike other, MessageSource messages, Locale language) {
            Object[] values = {other.name(), other.percent()};
            return new FindingJson(
                    "near-duplicate",
                    messages.getMessage("finding." + other.code(), values, language),
                    List.of(),
                    other.percent(),
                    new DocumentRef(other.document().value(), other.name()));
        }
    }

    @Schema(name = "Findings")
    record FindingsJson(List<FindingJson> items) {}

    private final Library library;
    private final Access access;
    private final NearDuplicates duplicates;
    private final MessageSource messages;

    FindingsApi(Library library, Access access, NearDuplicates duplicates, MessageSource messages) {
        this.library = library;
        this.access = access;
        this.duplicates = duplicates;
        this.messages = messages;
    }

    @GetMapping
    @Operation(
            summary = "See how well a document was understood",
            description =
                    "Pages read by text recognition or unread, hardly any text, a wrong encoding,"
                            + " repetition, hidden characters, personal numbers and secrets; and"
                            + " documents of its base in force that are nearly the same, of those"
                            + " the key may read. Empty while it is not ready, and when there is"
                            + " nothing to say.")
    FindingsJson findings(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var scope = access.everythingFor(principal);
        var document =
                library.document(scope, new DocumentId(id))
                        .orElseThrow(() -> new NotThere("document"));
        var language = Sentences.language(headers);
        var found =
                library.content(scope, document.id(), document.version())
                        .map(CleanDocument::findings)
                        .orElse(List.of());
        var own = found.stream().map(one -> FindingJson.of(one, messages, language));
        var alike =
                duplicates.of(document.id(), scope.reach()).stream()
                        .map(other -> FindingJson.of(other, messages, language));
        return new FindingsJson(Stream.concat(own, alike).toList());
    }
}
