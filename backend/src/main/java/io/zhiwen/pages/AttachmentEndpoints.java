package io.zhiwen.pages;

import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.Conversations;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Attachments;
import io.zhiwen.library.DocumentRow;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Files for one chat alone.
@RestController
@RequestMapping("/app/conversations")
class AttachmentEndpoints {

    private final Attachments attachments;
    private final Conversations conversations;
    private final Words words;

    AttachmentEndpoints(Attachments attachments, Conversations conversations, Words words) {
        this.attachments = attachments;
        this.conversations = conversations;
        this.words = words;
    }

    /// @param chat the chat it is attached to
    record Attached(String chat, RowView file) {}

    /// To a chat that begins with it.
    @PostMapping("/attachments")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Attached attachAnew(Principal.User me, @RequestParam MultipartFile file, Locale locale)
            throws IOException {
        var chat = conversations.create(me.id(), Choice.EVERYTHING).id();
        return attach(me, chat, file, locale);
    }

    @PostMapping("/{id}/attachments")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Attached attach(
            Principal.User me, @PathVariable UUID id, @RequestParam MultipartFile file, Locale to)
            throws IOException {
        try (var bytes = file.getInputStream()) {
            var name = file.getOriginalFilename();
            return attachments
                    .attach(me, id, name == null || name.isBlank() ? "file" : name, bytes)
                    .map(row -> new Attached(id.toString(), view(row, to)))
                    .orElseThrow(Faults.Gone::new);
        }
    }

    /// What is attached and how it is doing; none for a chat that is not one's own.
    @GetMapping("/{id}/attachments")
    List<RowView> list(Principal.User me, @PathVariable UUID id, Locale locale) {
        return attachments.of(me, id).stream().map(row -> view(row, locale)).toList();
    }

    @DeleteMapping("/{id}/attachments/{document}")
    ResponseEntity<Void> remove(
            Principal.User me, @PathVariable UUID id, @PathVariable UUID document) {
        if (!attachments.remove(me, id, new DocumentId(document))) {
            throw new Faults.Gone();
        }
        return ResponseEntity.noContent().build();
    }

    private RowView view(DocumentRow row, Locale locale) {
        return RowView.of(row, words, locale);
    }
}
