package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import io.zhiwen.settings.SettingRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What may be changed while the product runs, for services that administer it.
@RestController
@RequestMapping("/api/v1/settings")
@Tag(name = "Operation")
class SettingsApi {

    @Schema(name = "Setting")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SettingJson(
            @Schema(example = "zhiwen.limits.questions") String key,
            @Schema(example = "120", description = "A picture is a data URI.") String value,
            @Schema(
                            description =
                                    "Where the value comes from; what the environment sets cannot"
                                            + " be changed here.",
                            allowableValues = {"default", "database", "environment"})
                    String source,
            @Schema(
                            allowableValues = {
                                "count", "size", "time", "text", "choice", "colour", "image"
                            })
                    String type,
            @Schema(
                            description =
                                    "Least and most of a count, a size or a time; characters of a"
                                            + " text; the words of a choice; the largest picture.")
                    List<String> limits,
            @Schema(description = "What holds unless somebody says otherwise.")
                    @JsonProperty("default")
                    String standard,
            @JsonProperty("changed_by") @Nullable String changedBy,
            @JsonProperty("changed_at") @Nullable Instant changedAt) {

        static SettingJson of(SettingRow row) {
            var setting = row.setting();
            return new SettingJson(
                    setting.key(),
                    row.value(),
                    row.source().name().toLowerCase(Locale.ROOT),
                    setting.kind().word(),
                    setting.kind().limits().stream().map(String::valueOf).toList(),
                    setting.standard(),
                    row.changedBy(),
                    row.changedAt());
        }
    }

    @Schema(name = "SettingList")
    record SettingsJson(List<SettingJson> items) {}

    @Schema(name = "SettingValue")
    record ValueJson(
            @Schema(example = "120", description = "Null: back to the default.")
                    @Nullable String value) {}

    private final RuntimeSettings settings;

    SettingsApi(RuntimeSettings settings) {
        this.settings = settings;
    }

    @GetMapping
    @Operation(
            summary = "List what may be changed at run time",
            description = "For keys with all rights.")
    SettingsJson all(Principal.Key key) {
        return new SettingsJson(settings.all(key).stream().map(SettingJson::of).toList());
    }

    @PutMapping("/{key}")
    @Operation(
            summary = "Change a setting",
            description =
                    "It counts on every node at once. 409 when the environment sets it. For keys"
                            + " with all rights.")
    SettingJson change(
            Principal.Key principal, @PathVariable String key, @RequestBody ValueJson body) {
        var setting = named(principal, key);
        var value = body.value();
        settings.change(principal, Map.of(setting, value == null ? setting.standard() : value));
        return SettingJson.of(settings.now(setting));
    }

    @DeleteMapping("/{key}")
    @Operation(
            summary = "Put a setting back to its default",
            description = "For keys with all rights.")
    ResponseEntity<Void> reset(Principal.Key principal, @PathVariable String key) {
        settings.reset(principal, named(principal, key));
        return ResponseEntity.noContent().build();
    }

    private static Setting named(Principal.Key principal, String key) {
        NotAllowed.unlessAdmin(principal, "settings are for admins");
        return Setting.of(key);
    }
}
