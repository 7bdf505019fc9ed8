package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.HeldDocuments;
import io.zhiwen.library.HeldVersion;
import io.zhiwen.library.Library;
import io.zhiwen.library.Quarantine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What waits for a decision, for those who manage a base; and documents put there by hand.
@Controller
class QuarantinePages {

    private static final int PREVIEW = 400;

    private final HeldDocuments held;
    private final Quarantine quarantine;
    private final Library library;
    private final Access access;
    private final Words words;

    QuarantinePages(
            HeldDocuments held,
            Quarantine quarantine,
            Library library,
            Access access,
            Words words) {
        this.held = held;
        this.quarantine = quarantine;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/quarantine")
    String list(Principal.User me, @RequestParam @Nullable UUID base, Model model, Locale locale) {
        var waiting = held.waiting(me, base == null ? null : new KnowledgeBaseId(base));
        var scope = access.everythingFor(me, Right.MANAGE);
        var names = names(scope, waiting.stream().flatMap(one -> one.reasons().stream()));
        model.addAttribute(
                "items",
                waiting.stream()
                        .map(one -> HeldView.of(one, preview(scope, one), names, words, locale))
                        .toList());
        model.addAttribute("most", waiting.size() == HeldDocuments.MOST);
        model.addAttribute("chosen", base == null ? "" : base.toString());
        model.addAttribute("bases", BaseChoices.of(library, access, me, base));
        return "library/held";
    }

    /// Decides on all that are ticked.
    ///
    /// @param version each as `document:version`
    @PostMapping("/quarantine")
    String decide(
            Principal.User me,
            @RequestParam String act,
            @RequestParam(defaultValue = "") List<String> version,
            @RequestParam(defaultValue = "") String note,
            @RequestParam @Nullable UUID base,
            @RequestParam(defaultValue = "") String back,
            RedirectAttributes next) {
        var refs = version.stream().distinct().flatMap(QuarantinePages::ref).toList();
        if (refs.isEmpty()) {
            next.addFlashAttribute("wrong", words.say("held.none.ticked"));
        } else {
            switch (act) {
                case "release" ->
                        next.addFlashAttribute(
                                "done", words.say("held.released", quarantine.release(me, refs)));
                case "reject" ->
                        next.addFlashAttribute(
                                "done",
                                words.say("held.rejected", quarantine.reject(me, refs, note)));
                default -> throw new Faults.Gone();
            }
        }
        if (back.equals("document") && refs.size() == 1) {
            return "redirect:/library/documents/" + refs.getFirst().document();
        }
        return "redirect:/quarantine" + (base == null ? "" : "?base=" + base);
    }

    @PostMapping("/library/documents/{id}/quarantine")
    String hold(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes next) {
        var document = new DocumentId(id);
        var row =
                library.document(access.everythingFor(me), document).orElseThrow(Faults.Gone::new);
        int done = quarantine.hold(me, row.base(), List.of(document), note);
        next.addFlashAttribute(
                done == 0 ? "wrong" : "done",
                words.say(done == 0 ? "held.hold.not" : "held.hold.done", row.name()));
        return "redirect:/library/documents/" + id;
    }

    private String preview(Scope scope, HeldVersion one) {
        var text =
                library.content(scope, one.document(), one.version())
                        .map(CleanDocument::text)
                        .orElse("");
        return text.length() <= PREVIEW ? text : text.substring(0, PREVIEW) + "…";
    }

    private Map<DocumentId, String> names(Scope scope, Stream<HoldReason> reasons) {
        Map<DocumentId, String> names = new HashMap<>();
        reasons.map(HoldReason::document)
                .filter(Objects::nonNull)
                .distinct()
                .map(DocumentId::new)
                .forEach(
                        id ->
                                library.document(scope, id)
                                        .ifPresent(row -> names.put(id, row.name())));
        return names;
    }

    private static Stream<HeldVersion.Ref> ref(String written) {
        var parts = written.split(":", 2);
        try {
            return Stream.of(
                    new HeldVersion.Ref(
                            new DocumentId(UUID.fromString(parts[0])), Integer.parseInt(parts[1])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            return Stream.empty();
        }
    }
}
