package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.OpenSessions;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Role;
import io.zhiwen.account.UserRow;
import io.zhiwen.account.Users;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The people who may sign in, for what makes accounts where a company keeps its people.
@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "Rights")
class UsersApi {

    private static final String FOR_ADMINS = "For keys with all rights.";

    @Schema(name = "User")
    record UserJson(
            UUID id,
            String name,
            @Schema(allowableValues = {"admin", "member"}) String role,
            boolean enabled) {

        static UserJson of(UserRow row) {
            return new UserJson(row.id(), row.name(), row.role().word(), row.enabled());
        }
    }

    @Schema(name = "Users")
    record UsersJson(List<UserJson> items) {}

    @Schema(name = "UserRequest")
    record Wanted(
            @NotBlank String name,
            @NotBlank @Schema(allowableValues = {"admin", "member"}) String role) {}

    @Schema(name = "NewUser")
    record MadeJson(
            UserJson user,
            @Schema(
                            description =
                                    "To hand over; told this once. Its owner chooses another at the"
                                            + " first sign-in.")
                    @JsonProperty("one_time_password")
                    String oneTimePassword) {}

    @Schema(name = "UserState")
    record State(@NotNull Boolean enabled) {}

    @Schema(name = "EndedSessions")
    record Ended(int ended) {}

    private final Users users;
    private final OpenSessions sessions;

    UsersApi(Users users, OpenSessions sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    @GetMapping
    @Operation(summary = "List the people", description = "By name. " + FOR_ADMINS)
    UsersJson users(Principal principal) {
        return new UsersJson(users.list(principal).stream().map(UserJson::of).toList());
    }

    @PostMapping
    @Operation(summary = "Make an account", description = FOR_ADMINS)
    ResponseEntity<MadeJson> create(Principal principal, @Valid @RequestBody Wanted wanted) {
        var made = users.create(principal, wanted.name(), role(wanted.role()));
        return ResponseEntity.created(URI.create("/api/v1/users/" + made.user().id()))
                .cacheControl(CacheControl.noStore())
                .body(new MadeJson(UserJson.of(made.user()), made.oneTimePassword()));
    }

    @PutMapping("/{id}/state")
    @Operation(
            summary = "Disable or enable an account",
            description = "Who is disabled is out with their next request. " + FOR_ADMINS)
    UserJson state(Principal principal, @PathVariable UUID id, @Valid @RequestBody State wanted) {
        if (wanted.enabled()) {
            users.enable(principal, id);
        } else {
            users.disable(principal, id);
        }
        return UserJson.of(users.find(id).orElseThrow(() -> new NotThere("user")));
    }

    @DeleteMapping("/{id}/sessions")
    @Operation(
            summary = "Sign somebody out everywhere",
            description = "The account stays as it is. " + FOR_ADMINS)
    Ended signOut(Principal principal, @PathVariable UUID id) {
        if (principal.isAdmin() && users.find(id).isEmpty()) {
            throw new NotThere("user");
        }
        return new Ended(sessions.endAll(principal, id));
    }

    private static Role role(String word) {
        return switch (word) {
            case "admin" -> Role.ADMIN;
            case "member" -> Role.MEMBER;
            default ->
                    throw new Refused(
                            HttpStatus.BAD_REQUEST,
                            "invalid-request",
                            "The role is admin or member.",
                            "role");
        };
    }
}
