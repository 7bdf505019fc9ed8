package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.evaluate.golden.Gate;
import io.zhiwen.evaluate.profile.ProfileValues;
import io.zhiwen.evaluate.profile.RetrievalProfiles;
import io.zhiwen.evaluate.profile.StoredProfile;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/retrieval-profiles")
@Tag(name = "Evaluation")
class RetrievalProfilesApi {

    @Schema(
            name = "RetrievalProfileRequest",
            description = "What is left out is as in the settings.")
    record Wanted(
            @NotBlank String name,
            @Nullable Integer candidates,
            @Schema(description = "Whether the best are read again.") @Nullable Boolean rerank,
            @Nullable Integer reranked,
            @JsonProperty("rerank_ms") @Nullable Integer rerankMillis,
            @Nullable Integer passages,
            @JsonProperty("refuse_below") @Nullable Double refuseBelow,
            @JsonProperty("keep_above") @Nullable Double keepAbove,
            @Schema(description = "As ./run evaluate --fit writes it.") @Valid
                    @Nullable CalibrationJson calibration) {

        ProfileValues over(ProfileValues usual) {
            return new ProfileValues(
                    candidates == null ? usual.candidates() : candidates,
                    rerank == null
                            ? usual.reranker()
                            : rerank ? reranker(usual.reranker()) : RerankerKind.NONE,
                    reranked == null ? usual.reranked() : reranked,
                    rerankMillis == null ? usual.rerankMillis() : rerankMillis,
                    passages == null ? usual.passages() : passages,
                    refuseBelow == null ? usual.refuseBelow() : refuseBelow,
                    keepAbove == null ? usual.keepAbove() : keepAbove,
                    calibration == null ? usual.calibration() : calibration.calibration());
        }

        private static RerankerKind reranker(RerankerKind usual) {
            return usual == RerankerKind.NONE ? RerankerKind.LATE_INTERACTION : usual;
        }
    }

    @Schema(name = "RetrievalProfile")
    record ProfileJson(
            @Schema(description = "Null: what the settings say.") @Nullable UUID id,
            String name,
            boolean live,
            int candidates,
            boolean rerank,
            int reranked,
            @JsonProperty("rerank_ms") int rerankMillis,
            int passages,
            @JsonProperty("refuse_below") double refuseBelow,
            @JsonProperty("keep_above") double keepAbove,
            CalibrationJson calibration) {

        static ProfileJson of(StoredProfile one) {
            var values = one.values();
            return new ProfileJson(
                    one.id(),
                    one.name(),
                    one.live(),
                    values.candidates(),
                    values.reranker() != RerankerKind.NONE,
                    values.reranked(),
                    values.rerankMillis(),
                    values.passages(),
                    values.refuseBelow(),
                    values.keepAbove(),
                    CalibrationJson.of(values.calibration()));
        }
    }

    @Schema(name = "RetrievalProfiles")
    record All(List<ProfileJson> items) {}

    @Schema(name = "MakeLive")
    record MakeLive(
            @Schema(
                            defaultValue = "true",
                            description = "Only if no golden question of any base gets worse.")
                    @Nullable Boolean gate) {}

    private final RetrievalProfiles profiles;
    private final Gate gate;

    RetrievalProfilesApi(RetrievalProfiles profiles, Gate gate) {
        this.profiles = profiles;
        this.gate = gate;
    }

    @GetMapping
    @Operation(summary = "List retrieval profiles", description = "For keys with all rights.")
    All list(Principal principal) {
        return new All(profiles.all(principal).stream().map(ProfileJson::of).toList());
    }

    @PostMapping
    @Operation(summary = "Make a retrieval profile", description = "Its values never change.")
    ResponseEntity<ProfileJson> create(Principal principal, @Valid @RequestBody Wanted wanted) {
        var usual = profiles.all(principal).getFirst().values();
        var made = profiles.create(principal, wanted.name(), wanted.over(usual));
        return ResponseEntity.created(URI.create("/api/v1/retrieval-profiles/" + made.id()))
                .body(ProfileJson.of(made));
    }

    @DeleteMapping("/{profile}")
    @Operation(summary = "Delete a retrieval profile that never was live")
    ResponseEntity<Void> delete(Principal principal, @PathVariable UUID profile) {
        if (!profiles.delete(principal, profile)) {
            throw new NotThere("retrieval profile");
        }
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{profile}/live")
    @Operation(
            summary = "Answer by this profile from now on, on every node",
            description = "409 when golden questions get worse or were not asked.")
    ProfileJson live(
            Principal principal, @PathVariable UUID profile, @RequestBody MakeLive wanted) {
        var one =
                profiles.find(principal, profile)
                        .orElseThrow(() -> new NotThere("retrieval profile"));
        gate.makeLive(principal, one, wanted.gate() == null || wanted.gate());
        return ProfileJson.of(profiles.find(principal, profile).orElse(one));
    }
}
