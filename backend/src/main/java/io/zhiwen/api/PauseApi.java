package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Pause;
import io.zhiwen.library.Pauses;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Documents")
class PauseApi {

    @Schema(name = "PauseRequest")
    record Wanted(
            @NotBlank @Size(max = 300) @Schema(example = "The embedding server moves until 18:00.")
                    String reason) {}

    @Schema(name = "Pause")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PauseJson(
            boolean paused,
            @Schema(description = "Whether the work of all bases is, and not only of this one.")
                    boolean everywhere,
            @Nullable String reason,
            @JsonProperty("paused_by") @Nullable String by,
            @JsonProperty("paused_at") @Nullable Instant at) {

        static PauseJson of(Optional<Pause> pause) {
            return pause.map(p -> new PauseJson(true, p.whole(), p.reason(), p.by(), p.at()))
                    .orElseGet(() -> new PauseJson(false, false, null, null, null));
        }
    }

    private final Pauses pauses;
    private final Access access;

    PauseApi(Pauses pauses, Access access) {
        this.pauses = pauses;
        this.access = access;
    }

    @GetMapping("/knowledge-bases/{id}/pause")
    @Operation(summary = "See whether the work on files of a base is paused, and why")
    PauseJson of(Principal principal, @PathVariable UUID id) {
        var base = new KnowledgeBaseId(id);
        access.require(principal, base, Right.UPLOAD);
        return PauseJson.of(pauses.of(base));
    }

    @PutMapping("/knowledge-bases/{id}/pause")
    @Operation(
            summary = "Pause the work on files of a base",
            description = "What is in work is finished; what comes in is kept and stands in line.")
    PauseJson pause(Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        var base = new KnowledgeBaseId(id);
        pauses.pause(principal, base, wanted.reason());
        return PauseJson.of(pauses.of(base));
    }

    @DeleteMapping("/knowledge-bases/{id}/pause")
    @Operation(summary = "Let the work on files of a base go on")
    PauseJson resume(Principal principal, @PathVariable UUID id) {
        var base = new KnowledgeBaseId(id);
        pauses.resume(principal, base);
        return PauseJson.of(pauses.of(base));
    }

    @GetMapping("/pause")
    @Operation(summary = "See whether the work on all files is paused, and why")
    PauseJson ofAll(Principal principal) {
        NotAllowed.unlessAdmin(principal, "see the pause of the work");
        return PauseJson.of(pauses.whole());
    }

    @PutMapping("/pause")
    @Operation(summary = "Pause the work on all files")
    PauseJson pauseAll(Principal principal, @Valid @RequestBody Wanted wanted) {
        pauses.pauseAll(principal, wanted.reason());
        return PauseJson.of(pauses.whole());
    }

    @DeleteMapping("/pause")
    @Operation(summary = "Let the work on all files go on")
    PauseJson resumeAll(Principal principal) {
        pauses.resumeAll(principal);
        return PauseJson.of(pauses.whole());
    }
}
