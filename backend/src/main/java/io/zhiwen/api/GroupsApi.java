package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.GroupRow;
import io.zhiwen.account.Groups;
import io.zhiwen.account.Named;
import io.zhiwen.account.Principal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Rights")
class GroupsApi {

    @Schema(name = "GroupRequest")
    record NewGroup(@NotBlank @Size(max = 100) String name) {}

    @Schema(name = "GroupSummary")
    record GroupJson(UUID id, String name, int users, int groups) {

        static GroupJson of(GroupRow row) {
            return new GroupJson(row.id(), row.name(), row.people(), row.groups());
        }
    }

    @Schema(name = "Groups")
    record GroupsJson(List<GroupJson> items) {}

    @Schema(name = "NameAndId")
    record NamedJson(UUID id, String name) {

        static List<NamedJson> of(List<Named> named) {
            return named.stream().map(one -> new NamedJson(one.id(), one.name())).toList();
        }
    }

    @Schema(name = "Group")
    record OneGroup(
            UUID id,
            String name,
            @Schema(description = "In it by name.") List<NamedJson> users,
            @Schema(description = "Inside it: who is in one of them is in this group too.")
                    List<NamedJson> groups) {}

    private final Groups groups;

    GroupsApi(Groups groups) {
        this.groups = groups;
    }

    @GetMapping("/groups")
    @Operation(summary = "List the groups", description = "By name. For keys with all rights.")
    GroupsJson list(Principal principal) {
        return new GroupsJson(groups.list(principal).stream().map(GroupJson::of).toList());
    }

    @PostMapping("/groups")
    @Operation(summary = "Make a group", description = "For keys with all rights.")
    ResponseEntity<GroupJson> create(Principal principal, @Valid @RequestBody NewGroup wanted) {
        var made = GroupJson.of(groups.create(principal, wanted.name()));
        return ResponseEntity.created(URI.create("/api/v1/groups/" + made.id())).body(made);
    }

    @GetMapping("/groups/{id}")
    @Operation(summary = "See who is in a group", description = "For keys with all rights.")
    OneGroup get(Principal principal, @PathVariable UUID id) {
        var row = groups.find(principal, id).orElseThrow(() -> new NotThere("group"));
        return new OneGroup(
                row.id(),
                row.name(),
                NamedJson.of(groups.people(principal, id)),
                NamedJson.of(groups.inside(principal, id)));
    }

    @PutMapping("/groups/{id}")
    @Operation(summary = "Rename a group", description = "For keys with all rights.")
    GroupJson rename(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody NewGroup wanted) {
        groups.rename(principal, id, wanted.name());
        return GroupJson.of(groups.find(principal, id).orElseThrow(() -> new NotThere("group")));
    }

    @DeleteMapping("/groups/{id}")
    @Operation(
            summary = "Delete a group",
            description = "What it gave its people is gone at once. For keys with all rights.")
    ResponseEntity<Void> delete(Principal principal, @PathVariable UUID id) {
        groups.delete(principal, id);
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/groups/{id}/users/{user}")
    @Operation(summary = "Put somebody into a group", description = "For keys with all rights.")
    ResponseEntity<Void> add(Principal principal, @PathVariable UUID id, @PathVariable UUID user) {
        groups.addPerson(principal, id, user);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/groups/{id}/users/{user}")
    @Operation(summary = "Take somebody out of a group", description = "For keys with all rights.")
    ResponseEntity<Void> remove(
            Principal principal, @PathVariable UUID id, @PathVariable UUID user) {
        groups.removePerson(principal, id, user);
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/groups/{id}/groups/{inner}")
    @Operation(
            summary = "Put a group into a group",
            description = "One level deep. For keys with all rights.")
    ResponseEntity<Void> nest(
            Principal principal, @PathVariable UUID id, @PathVariable UUID inner) {
        groups.addGroup(principal, id, inner);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/groups/{id}/groups/{inner}")
    @Operation(summary = "Take a group out of a group", description = "For keys with all rights.")
    ResponseEntity<Void> unnest(
            Principal principal, @PathVariable UUID id, @PathVariable UUID inner) {
        groups.removeGroup(principal, id, inner);
        return ResponseEntity.noContent().build();
    }
}
