package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.History;
import io.zhiwen.library.Library;
import io.zhiwen.library.LifeRefused;
import io.zhiwen.library.LifeWish;
import io.zhiwen.library.Lives;
import io.zhiwen.library.VersionRow;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What a document is called, how long it is found, who answers for it; and its versions with what
/// changed from one to the next.
@Controller
class DocumentLifePages {

    private final Library library;
    private final Lives lives;
    private final History history;
    private final Access access;
    private final Words words;

    DocumentLifePages(Library library, Lives lives, History history, Access access, Words words) {
        this.library = library;
        this.lives = lives;
        this.history = history;
        this.access = access;
        this.words = words;
    }

    @PostMapping("/library/documents/{id}/life")
    String set(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean enabled,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String owner,
            RedirectAttributes next) {
        try {
            lives.set(me, new DocumentId(id), new LifeWish(name, enabled, from, until, by, owner));
            next.addFlashAttribute("done", words.say("users.saved"));
        } catch (LifeRefused refused) {
            next.addFlashAttribute("wrong", words.say("life.wrong." + refused.code()));
        }
        return "redirect:/library/documents/" + id;
    }

    /// @param version whose changes are shown; the newest that has some unless given
    @GetMapping("/library/documents/{id}/versions")
    String versions(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam @Nullable Integer version,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        var row = library.document(scope, new DocumentId(id)).orElseThrow(Faults.Gone::new);
        var base = library.base(scope, row.base()).orElseThrow(Faults.Gone::new);
        var versions = history.of(scope, row.id());
        int shown =
                version == null
                        ? versions.stream()
                                .filter(VersionRow::readable)
                                .mapToInt(VersionRow::version)
                                .findFirst()
                                .orElse(0)
                        : version;
        var changes = history.changes(scope, row.id(), shown);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("row", RowView.of(row, words, locale));
        model.addAttribute(
                "versions",
                versions.stream().map(one -> VersionView.of(one, words, locale)).toList());
        model.addAttribute("shown", shown);
        model.addAttribute("compared", changes.isPresent());
        changes.ifPresent(
                found -> {
                    model.addAttribute(
                            "changes",
                            found.changes().stream()
                                    .limit(ChangeView.MOST)
                                    .map(one -> ChangeView.of(one, words, locale))
                                    .toList());
                    model.addAttribute("count", found.changes().size());
                    model.addAttribute(
                            "whole", found.whole() && found.changes().size() <= ChangeView.MOST);
                });
        return "library/versions";
    }
}
