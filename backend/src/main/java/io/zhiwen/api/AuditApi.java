package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.AuditChain;
import io.zhiwen.account.AuditTrail;
import io.zhiwen.account.Principal;
import io.zhiwen.account.SealedRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The audit trail for who collects such trails, with what its chain is counted from.
@RestController
@Tag(name = "Audit")
class AuditApi {

    private static final String CHAIN =
            "For keys with all rights. Oldest first, in the order of the chain, which has no gap:"
                    + " whoever goes on from `next_cursor`, at once or tomorrow, misses nothing and"
                    + " gets nothing twice. `hash` is the SHA-256 of `previous_hash` as text,"
                    + " followed by `link`, `id`, `at` in microseconds since 1970, `actor`,"
                    + " `action`, `object` and `detail`, each as UTF-8 after its length in bytes"
                    + " and a colon.";

    @Schema(name = "AuditEntry")
    record EntryJson(
            long id,
            Instant at,
            @Schema(example = "user:lin") String actor,
            @Schema(example = "document.delete") String action,
            String object,
            @Schema(description = "JSON, as it was hashed.") String detail,
            @Schema(description = "Its place in the chain, from 1.") long link,
            @Schema(description = "Of the link before; empty before the first.")
                    @JsonProperty("previous_hash")
                    String previousHash,
            String hash) {

        static EntryJson of(SealedRow sealed) {
            var row = sealed.row();
            return new EntryJson(
                    row.id(),
                    row.at(),
                    row.actor(),
                    row.action(),
                    row.object(),
                    row.detail(),
                    Objects.requireNonNull(row.link()),
                    sealed.previous(),
                    sealed.hash());
        }
    }

    @Schema(name = "AuditEntries")
    record EntriesJson(
            List<EntryJson> items,
            @Schema(description = "Where to go on, now or when more has happened.")
                    @JsonProperty("next_cursor")
                    String nextCursor) {}

    private final AuditTrail trail;
    private final AuditChain chain;

    AuditApi(AuditTrail trail, AuditChain chain) {
        this.trail = trail;
        this.chain = chain;
    }

    @GetMapping("/api/v1/audit")
    @Operation(summary = "Read the audit trail", description = CHAIN)
    EntriesJson read(
            Principal principal,
            @Parameter(description = "Words of the name of who did it.")
                    @RequestParam(defaultValue = "")
                    String actor,
            @Parameter(description = "Whole, or its first part: `document` or `document.delete`.")
                    @RequestParam(defaultValue = "")
                    String action,
            @Parameter(description = "Words of what it was done to.")
                    @RequestParam(defaultValue = "")
                    String object,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
                    @Nullable Instant since,
            @Parameter(description = "Exclusive.")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
                    @Nullable Instant until,
            @RequestParam(defaultValue = "0") @Min(0) long cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit) {
        var filter = new AuditTrail.Filter(actor, action, object, since, until);
        chain.seal(principal);
        var items =
                trail.sealed(principal, filter, cursor, limit).stream().map(EntryJson::of).toList();
        long last = items.isEmpty() ? cursor : items.getLast().link();
        return new EntriesJson(items, Long.toString(last));
    }
}
