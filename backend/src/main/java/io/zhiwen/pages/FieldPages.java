package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FieldId;
import io.zhiwen.library.FieldKind;
import io.zhiwen.library.FieldRefused;
import io.zhiwen.library.FieldWish;
import io.zhiwen.library.Fields;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The fields that a base gives its documents, for who manages it.
@Controller
@RequestMapping("/library/{id}/fields")
class FieldPages {

    private final Fields fields;
    private final Library library;
    private final Access access;
    private final Words words;

    FieldPages(Fields fields, Library library, Access access, Words words) {
        this.fields = fields;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param position from 1
    /// @param used how many documents have a value in it
    record Row(FieldView field, int position, long used, String choices) {}

    @GetMapping
    String show(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var key = new KnowledgeBaseId(id);
        access.require(me, key, Right.MANAGE);
        var scope = access.everythingFor(me);
        var base = library.base(scope, key).orElseThrow(Faults.Gone::new);
        var all = fields.of(scope, key);
        var uses = fields.uses(scope, key);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute(
                "rows",
                all.stream()
                        .map(
                                field ->
                                        new Row(
                                                FieldView.of(field, words, locale),
                                                all.indexOf(field) + 1,
                                                uses.getOrDefault(field.id(), 0L),
                                                String.join("\n", field.choices())))
                        .toList());
        model.addAttribute("kinds", FieldView.kinds());
        model.addAttribute("most", Fields.MOST);
        model.addAttribute("longest", Fields.LONGEST_NAME);
        return "library/fields";
    }

    @PostMapping
    String define(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String choices,
            RedirectAttributes next) {
        var of = FieldKind.named(kind).orElse(null);
        var wish =
                new FieldWish(name, of, of == FieldKind.CHOICE ? lines(choices) : List.of(), null);
        try {
            fields.define(me, new KnowledgeBaseId(id), wish);
            next.addFlashAttribute("done", words.say("field.made", wish.name()));
        } catch (FieldRefused refused) {
            next.addFlashAttribute("wrong", FieldView.wrong(refused, words));
        }
        return back(id);
    }

    @PostMapping("/{field}")
    String change(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID field,
            @RequestParam(defaultValue = "") String name,
            @RequestParam @Nullable String choices,
            @RequestParam @Nullable Integer position,
            RedirectAttributes next) {
        var wish = new FieldWish(name, null, choices == null ? null : lines(choices), position);
        try {
            fields.change(me, new KnowledgeBaseId(id), new FieldId(field), wish);
            next.addFlashAttribute("done", words.say("users.saved"));
        } catch (FieldRefused refused) {
            next.addFlashAttribute("wrong", FieldView.wrong(refused, words));
        }
        return back(id);
    }

    @PostMapping("/{field}/delete")
    String delete(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID field,
            RedirectAttributes next) {
        long documents = fields.delete(me, new KnowledgeBaseId(id), new FieldId(field));
        next.addFlashAttribute("done", words.say("field.deleted", documents));
        return back(id);
    }

    private static List<String> lines(String written) {
        return written.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static String back(UUID base) {
        return "redirect:/library/" + base + "/fields";
    }
}
