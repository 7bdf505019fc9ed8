package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.LastingNotes;
import io.zhiwen.conversation.NoteRefused;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
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

@RestController
@RequestMapping("/api/v1/notes")
@Tag(name = "Lasting notes")
class NotesApi {

    private static final String OWN =
            "For keys that act for a user: nobody sees or changes another's notes.";

    @Schema(name = "Note")
    record NoteJson(UUID id, String text) {

        private static NoteJson of(LastingNotes.Note note) {
            return new NoteJson(note.id(), note.text());
        }
    }

    @Schema(name = "Notes")
    record NotesJson(List<NoteJson> items) {}

    @Schema(name = "NoteRequest")
    record Wanted(
            @NotBlank @Schema(description = "One line.", maxLength = LastingNotes.LONGEST)
                    String text) {}

    private final LastingNotes notes;

    NotesApi(LastingNotes notes) {
        this.notes = notes;
    }

    @GetMapping
    @Operation(summary = "See what every chat of a user knows about them", description = OWN)
    NotesJson list(Principal.Key key) {
        return new NotesJson(notes.of(owner(key)).stream().map(NoteJson::of).toList());
    }

    @PostMapping
    @Operation(summary = "Have every chat of a user know something about them", description = OWN)
    ResponseEntity<NoteJson> add(Principal.Key key, @Valid @RequestBody Wanted wanted) {
        var owner = owner(key);
        var note = kept(() -> notes.add(owner, wanted.text()));
        return ResponseEntity.created(URI.create("/api/v1/notes/" + note.id()))
                .body(NoteJson.of(note));
    }

    @PutMapping("/{note}")
    @Operation(summary = "Change a note", description = OWN)
    ResponseEntity<Void> change(
            Principal.Key key, @PathVariable UUID note, @Valid @RequestBody Wanted wanted) {
        var owner = owner(key);
        return done(kept(() -> notes.change(owner, note, wanted.text())));
    }

    @DeleteMapping("/{note}")
    @Operation(summary = "Forget a note", description = OWN)
    ResponseEntity<Void> delete(Principal.Key key, @PathVariable UUID note) {
        return done(notes.delete(owner(key), note));
    }

    private static ResponseEntity<Void> done(boolean was) {
        if (!was) {
            throw new NotThere("note");
        }
        return ResponseEntity.noContent().build();
    }

    private static <T> T kept(Supplier<T> change) {
        try {
            return change.get();
        } catch (NoteRefused refused) {
            throw new Refused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "note-refused",
                    String.valueOf(refused.getMessage()),
                    "text");
        }
    }

    private static Principal.User owner(Principal.Key key) {
        var user = key.actsFor();
        if (user == null) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "acts-for-nobody",
                    "Notes belong to a user: the key must act for one.");
        }
        return user;
    }
}
