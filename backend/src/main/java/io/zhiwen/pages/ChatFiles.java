package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.conversation.AnswerHtml;
import io.zhiwen.conversation.Conversations;
import io.zhiwen.conversation.export.DocxFile;
import io.zhiwen.conversation.export.MarkdownFile;
import io.zhiwen.conversation.export.PdfFile;
import io.zhiwen.conversation.export.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// A chat as a file, its sources with it.
@Controller
class ChatFiles {

    private static final MediaType DOCX =
            MediaType.parseMediaType(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document");

    private final Conversations conversations;
    private final AnswerHtml html;
    private final Words words;

    ChatFiles(Conversations conversations, AnswerHtml html, Words words) {
        this.conversations = conversations;
        this.html = html;
        this.words = words;
    }

    @GetMapping("/chat/{id}/export.md")
    ResponseEntity<byte[]> markdown(Principal.User me, @PathVariable UUID id, Locale locale) {
        var chat = transcript(me, id, "markdown", locale);
        var bytes = MarkdownFile.of(chat).getBytes(StandardCharsets.UTF_8);
        return file(chat.title() + ".md", MediaType.TEXT_MARKDOWN, bytes);
    }

    @GetMapping("/chat/{id}/export.docx")
    ResponseEntity<byte[]> word(Principal.User me, @PathVariable UUID id, Locale locale) {
        var chat = transcript(me, id, "docx", locale);
        return file(chat.title() + ".docx", DOCX, DocxFile.of(chat, html));
    }

    @GetMapping("/chat/{id}/export.pdf")
    ResponseEntity<byte[]> pdf(Principal.User me, @PathVariable UUID id, Locale locale) {
        var chat = transcript(me, id, "pdf", locale);
        var bytes = PdfFile.of(chat, html, locale.getLanguage());
        return file(chat.title() + ".pdf", MediaType.APPLICATION_PDF, bytes);
    }

    private Transcript transcript(Principal.User me, UUID id, String format, Locale locale) {
        var chat = conversations.export(me, id, format).orElseThrow(Faults.Gone::new);
        var title = chat.row().title();
        return Transcript.of(
                chat,
                title.isEmpty() ? words.say(locale, "chat.untitled") : title,
                words.say(locale, "chat.sources"),
                words.say(locale, "chat.withheld"),
                one -> SourceView.where(one.page(), one.sheet(), words, locale));
    }

    private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] bytes) {
        var disposition =
                ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .cacheControl(CacheControl.noStore())
                .contentType(type)
                .body(bytes);
    }
}
