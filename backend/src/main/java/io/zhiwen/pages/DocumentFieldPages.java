package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.FieldRefused;
import io.zhiwen.library.FieldValues;
import io.zhiwen.library.Filing;
import io.zhiwen.library.Library;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The forms of a document's page for its tags and fields.
@Controller
@RequestMapping("/library/documents/{id}")
class DocumentFieldPages {

    private final Library library;
    private final Filing filing;
    private final FieldValues values;
    private final Access access;
    private final Words words;

    DocumentFieldPages(
            Library library, Filing filing, FieldValues values, Access access, Words words) {
        this.library = library;
        this.filing = filing;
        this.values = values;
        this.access = access;
        this.words = words;
    }

    @PostMapping("/tags")
    String tag(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String tag,
            RedirectAttributes next) {
        var row = found(me, id);
        try {
            if (filing.tag(me, row.base(), List.of(row.id()), tag) == 0) {
                next.addFlashAttribute("wrong", words.say("document.tag.not"));
            }
        } catch (IllegalArgumentException _) {
            next.addFlashAttribute("wrong", words.say("library.tag.bad"));
        }
        return back(id);
    }

    @PostMapping("/tags/remove")
    String untag(Principal.User me, @PathVariable UUID id, @RequestParam String tag) {
        var row = found(me, id);
        filing.untag(me, row.base(), List.of(row.id()), tag);
        return back(id);
    }

    /// Those fields whose inputs are sent, by their names.
    @PostMapping("/fields")
    String fields(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            RedirectAttributes next) {
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        sent.forEach(
                (input, value) -> {
                    if (input.startsWith(FieldView.INPUT)) {
                        given.put(input.substring(FieldView.INPUT.length()), value);
                    }
                });
        try {
            values.set(me, new DocumentId(id), given);
            next.addFlashAttribute("done", words.say("users.saved"));
        } catch (FieldRefused refused) {
            next.addFlashAttribute("wrong", FieldView.wrong(refused, words));
        }
        return back(id);
    }

    private DocumentRow found(Principal.User me, UUID id) {
        return library.document(access.everythingFor(me), new DocumentId(id))
                .orElseThrow(Faults.Gone::new);
    }

    private static String back(UUID document) {
        return "redirect:/library/documents/" + document;
    }
}
