package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Library;
import io.zhiwen.library.Neighbours;
import io.zhiwen.library.PassageEdit;
import io.zhiwen.library.PassageRefused;
import io.zhiwen.library.Passages;
import io.zhiwen.suggest.PassageQuestions;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The passages of a document, to mend for those who may edit it.
@Controller
@RequestMapping("/library/documents/{id}/passages")
class PassagePages {

    private static final int SHOWN = 50;
    private static final int CLOSEST = 12;

    private final Passages passages;
    private final Neighbours neighbours;
    private final Library library;
    private final Access access;
    private final Words words;
    private final PassageQuestions questions;

    PassagePages(
            Passages passages,
            Neighbours neighbours,
            Library library,
            Access access,
            Words words,
            PassageQuestions questions) {
        this.questions = questions;
        this.passages = passages;
        this.neighbours = neighbours;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param edit the change that made it so; empty where it is as it was cut
    /// @param made questions and a summary a model made of it; empty where there are none
    record Row(
            long id,
            int number,
            String where,
            String path,
            String text,
            String tokens,
            String edit,
            String made) {}

    /// @param document its id
    /// @param start where it begins in the document's text
    /// @param similarity as a percentage
    /// @param alike whether a search can hardly tell it from the other
    record Close(
            String document,
            String name,
            int version,
            int start,
            int end,
            String where,
            String path,
            String text,
            String similarity,
            double share,
            boolean alike,
            boolean here) {}

    /// @param state `applied`, `waiting` or `ended`
    record Edit(
            String id,
            String kind,
            String original,
            String text,
            String by,
            String at,
            String atText,
            String state) {}

    @GetMapping
    String page(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int from,
            Model model,
            Locale locale) {
        var document = new DocumentId(id);
        var found = passages.of(me, document, q);
        int begin = Math.clamp(from, 0, found.size());
        int end = Math.min(found.size(), begin + SHOWN);
        var scope = access.everythingFor(me);
        var row = library.document(scope, document).orElseThrow(Faults.Gone::new);
        var base = library.base(scope, row.base()).orElseThrow(Faults.Gone::new);
        var formats = new Formats(locale);
        model.addAttribute("row", RowView.of(row, words, locale));
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("q", q);
        model.addAttribute("found", found.size());
        var shown = found.subList(begin, end);
        var made = questions.made(shown.stream().map(Passages.Passage::stored).toList());
        model.addAttribute(
                "passages", shown.stream().map(one -> row(one, made, formats, locale)).toList());
        model.addAttribute("before", begin == 0 ? null : Math.max(0, begin - SHOWN));
        model.addAttribute("after", end < found.size() ? end : null);
        model.addAttribute(
                "edits",
                passages.history(me, document).stream().map(one -> edit(one, formats)).toList());
        return "library/passages";
    }

    /// What could be found in place of a passage.
    @GetMapping("/{passage}/neighbours")
    String close(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable long passage,
            Model model,
            Locale locale) {
        var document = new DocumentId(id);
        var around = neighbours.of(me, document, passage, CLOSEST).orElseThrow(Faults.Gone::new);
        var scope = access.everythingFor(me);
        var row = library.document(scope, document).orElseThrow(Faults.Gone::new);
        var base = library.base(scope, row.base()).orElseThrow(Faults.Gone::new);
        var percent = NumberFormat.getPercentInstance(locale);
        percent.setMinimumFractionDigits(1);
        model.addAttribute("row", RowView.of(row, words, locale));
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute(
                "passage",
                row(
                        new Passages.Passage(around.passage(), null),
                        Map.of(),
                        new Formats(locale),
                        locale));
        model.addAttribute(
                "closest",
                around.closest().stream()
                        .map(one -> close(one, document, percent, locale))
                        .toList());
        return "library/neighbours";
    }

    @PostMapping
    String add(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String text,
            @RequestParam @Nullable Long beside,
            RedirectAttributes next) {
        var document = new DocumentId(id);
        return done(id, () -> passages.add(me, document, beside, text), next);
    }

    @PostMapping("/{passage}")
    String edit(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable long passage,
            @RequestParam(defaultValue = "") String text,
            RedirectAttributes next) {
        var document = new DocumentId(id);
        return done(id, () -> passages.edit(me, document, passage, text), next);
    }

    @PostMapping("/{passage}/disable")
    String disable(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable long passage,
            RedirectAttributes next) {
        return done(id, () -> passages.disable(me, new DocumentId(id), passage), next);
    }

    @PostMapping("/edits/{edit}/undo")
    String undo(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID edit,
            RedirectAttributes next) {
        return done(id, () -> passages.undo(me, new DocumentId(id), edit), next);
    }

    private String done(UUID id, BooleanSupplier change, RedirectAttributes next) {
        try {
            boolean there = change.getAsBoolean();
            next.addFlashAttribute(
                    there ? "done" : "wrong",
                    words.say(there ? "passages.changed" : "passages.gone"));
        } catch (PassageRefused refused) {
            next.addFlashAttribute("wrong", words.say("passages.wrong." + refused.reason().code()));
        }
        return "redirect:/library/documents/" + id + "/passages";
    }

    private Row row(
            Passages.Passage passage, Map<Long, String> made, Formats formats, Locale locale) {
        var chunk = passage.stored().chunk();
        var edit = passage.edit();
        return new Row(
                passage.stored().id(),
                chunk.ordinal() + 1,
                SourceView.where(chunk.page(), chunk.sheet(), words, locale),
                String.join(" › ", chunk.headingPath()),
                chunk.text(),
                formats.number(chunk.tokens()),
                edit == null ? "" : edit.toString(),
                made.getOrDefault(passage.stored().id(), ""));
    }

    private Close close(
            Neighbours.Neighbour one, DocumentId document, NumberFormat percent, Locale locale) {
        var stored = one.stored();
        var chunk = stored.chunk();
        return new Close(
                stored.document().toString(),
                stored.documentName(),
                stored.version(),
                chunk.span().start(),
                chunk.span().end(),
                SourceView.where(chunk.page(), chunk.sheet(), words, locale),
                String.join(" › ", chunk.headingPath()),
                chunk.text(),
                percent.format(one.similarity()),
                one.similarity(),
                one.isAlike(),
                stored.document().equals(document));
    }

    private static Edit edit(PassageEdit one, Formats formats) {
        var counting = one.applied() ? "applied" : "waiting";
        return new Edit(
                one.id().toString(),
                one.kind().name().toLowerCase(Locale.ROOT),
                one.original(),
                one.text(),
                one.by().replaceFirst("^user:", ""),
                one.at().toString(),
                formats.moment(one.at()),
                one.counts() ? counting : "ended");
    }
}
