package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.conversation.LastingNotes;
import io.zhiwen.conversation.NoteRefused;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What somebody wants every chat of theirs to know about them: seen, changed and deleted by them.
@Controller
@RequestMapping("/settings/notes")
class NotePages {

    private static final String PAGE = "redirect:/settings/notes";

    private final LastingNotes notes;
    private final Words words;

    NotePages(LastingNotes notes, Words words) {
        this.notes = notes;
        this.words = words;
    }

    @GetMapping
    String all(Principal.User me, Model model) {
        model.addAttribute("notes", notes.of(me));
        model.addAttribute("most", LastingNotes.MOST);
        model.addAttribute("longest", LastingNotes.LONGEST);
        return "account/notes";
    }

    @PostMapping
    String add(
            Principal.User me,
            @RequestParam(defaultValue = "") String text,
            RedirectAttributes next,
            Locale locale) {
        return done(next, locale, "notes.added", () -> notes.add(me, text));
    }

    @PostMapping("/{note}")
    String change(
            Principal.User me,
            @PathVariable UUID note,
            @RequestParam(defaultValue = "") String text,
            RedirectAttributes next,
            Locale locale) {
        return done(next, locale, "notes.changed", () -> exists(notes.change(me, note, text)));
    }

    @PostMapping("/{note}/delete")
    String delete(
            Principal.User me, @PathVariable UUID note, RedirectAttributes next, Locale locale) {
        return done(next, locale, "notes.deleted", () -> exists(notes.delete(me, note)));
    }

    private static void exists(boolean was) {
        if (!was) {
            throw new Faults.Gone();
        }
    }

    private String done(RedirectAttributes next, Locale locale, String done, Runnable change) {
        try {
            change.run();
            next.addFlashAttribute("done", words.say(locale, done));
        } catch (NoteRefused refused) {
            next.addFlashAttribute(
                    "wrong", words.say(locale, "notes.wrong." + refused.code(), refused.limit()));
        }
        return PAGE;
    }
}
