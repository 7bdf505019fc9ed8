package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Place;
import io.zhiwen.library.PlaceGrants;
import io.zhiwen.library.PlaceReasons;
import io.zhiwen.library.PlaceRights;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping({"/api/v1/folders/{id}/rights", "/api/v1/documents/{id}/rights"})
@Tag(name = "Rights")
class PlaceRightsApi {

    /// What somebody is to become.
    @Schema(name = "PlaceGrantRequest")
    record Wanted(@NotBlank @Schema(allowableValues = {"reader", "editor"}) String role) {}

    @Schema(name = "PlaceMode")
    record Mode(
            @NotBlank
                    @Schema(
                            allowableValues = {"none", "open", "closed"},
                            description =
                                    "none: those of the place it lies in. open: its own on top of"
                                            + " those. closed: its own alone.")
                    String mode) {}

    @Schema(name = "PlaceRights")
    record RightsJson(
            @Schema(allowableValues = {"none", "open", "closed"}) String mode,
            List<GrantsApi.GrantJson> grants) {

        static RightsJson of(PlaceRights rights) {
            var closed = rights.closed();
            return new RightsJson(
                    closed == null ? "none" : closed ? "closed" : "open",
                    rights.grants().stream().map(GrantsApi.GrantJson::of).toList());
        }
    }

    @Schema(name = "PlaceStep")
    record StepJson(
            @Schema(description = "Of the folder or document; empty for the base.") String name,
            @Schema(description = "Whether nothing above counts from here on.") boolean closed,
            List<GrantsApi.ReasonJson> reasons) {}

    @Schema(name = "EffectivePlaceRole")
    record Effective(
            @Schema(description = "What comes of it; null for none.") @Nullable String role,
            @Schema(description = "From the base down.") List<StepJson> steps) {}

    private final PlaceGrants places;
    private final PlaceReasons reasons;

    PlaceRightsApi(PlaceGrants places, PlaceReasons reasons) {
        this.places = places;
        this.reasons = reasons;
    }

    @GetMapping
    @Operation(
            summary = "See the rights of a folder or document",
            description = "For those who manage its base.")
    RightsJson get(Principal principal, HttpServletRequest request, @PathVariable UUID id) {
        return RightsJson.of(places.of(principal, place(request, id)));
    }

    @PutMapping
    @Operation(
            summary = "Give a folder or document rights of its own, or take them away",
            description = "In force with the next request.")
    RightsJson set(
            Principal principal,
            HttpServletRequest request,
            @PathVariable UUID id,
            @Valid @RequestBody Mode mode) {
        var place = place(request, id);
        switch (mode.mode()) {
            case "none" -> places.unguard(principal, place);
            case "open" -> places.guard(principal, place, false);
            case "closed" -> places.guard(principal, place, true);
            default -> throw refused("mode", "The mode is none, open or closed.");
        }
        return RightsJson.of(places.of(principal, place));
    }

    @PutMapping("/grants/{to}")
    @Operation(
            summary = "Give a role in a folder or document",
            description =
                    "In place of the one they have here. What has no rights of its own gets some, on"
                            + " top of those above.")
    ResponseEntity<Void> give(
            Principal principal,
            HttpServletRequest request,
            @PathVariable UUID id,
            @Parameter(description = GrantsApi.TO) @PathVariable String to,
            @Valid @RequestBody Wanted wanted) {
        var place = place(request, id);
        places.of(principal, place);
        var role =
                BaseRole.named(wanted.role())
                        .filter(PlaceRights.ROLES::contains)
                        .orElseThrow(() -> refused("role", "The role is reader or editor."));
        places.give(principal, place, grantee(to), role);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/grants/{to}")
    @Operation(summary = "Take a role in a folder or document away")
    ResponseEntity<Void> take(
            Principal principal,
            HttpServletRequest request,
            @PathVariable UUID id,
            @Parameter(description = GrantsApi.TO) @PathVariable String to) {
        var place = place(request, id);
        places.of(principal, place);
        if (!places.revoke(principal, place, grantee(to))) {
            throw new NotThere("grant");
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/of/{user}")
    @Operation(
            summary = "Explain what somebody may do with a folder or document",
            description = "Each step of the way from the base down. For those who manage its base.")
    Effective why(
            Principal principal,
            HttpServletRequest request,
            @PathVariable UUID id,
            @PathVariable UUID user) {
        var explanation = reasons.of(principal, place(request, id), user);
        var role = explanation.role();
        return new Effective(
                role == null ? null : role.word(),
                explanation.steps().stream()
                        .map(
                                step ->
                                        new StepJson(
                                                step.name(),
                                                step.closed(),
                                                step.why().stream()
                                                        .map(GrantsApi.ReasonJson::of)
                                                        .toList()))
                        .toList());
    }

    private static Place place(HttpServletRequest request, UUID id) {
        return request.getServletPath().startsWith("/api/v1/folders/")
                ? new Place.InFolder(new FolderId(id))
                : new Place.InDocument(new DocumentId(id));
    }

    private static Grantee grantee(String to) {
        return Grantee.named(to).orElseThrow(() -> new NotThere("person or group"));
    }

    private static Refused refused(String field, String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, "invalid-request", detail, field);
    }
}
