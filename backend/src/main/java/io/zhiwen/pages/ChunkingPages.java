package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.ChunkRules;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Chunking;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.Library;
import io.zhiwen.library.NoSuchDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// How a base cuts its documents, tried on one of them while it is chosen. Works without scripts.
@Controller
class ChunkingPages {

    private static final int SHOWN = 30;

    private final Chunking chunking;
    private final Library library;
    private final DocumentPicks picks;
    private final Access access;
    private final Words words;

    ChunkingPages(
            Chunking chunking, Library library, DocumentPicks picks, Access access, Words words) {
        this.chunking = chunking;
        this.library = library;
        this.picks = picks;
        this.access = access;
        this.words = words;
    }

    /// What the form says; what it does not say is standard.
    record Form(
            @Nullable String way,
            @Nullable Integer target,
            @Nullable Integer overlap,
            @Nullable Integer depth,
            @Nullable String delimiter,
            @Nullable String tables,
            @Nullable UUID document) {

        static Form of(ChunkRules rules) {
            return new Form(
                    rules.way().name(),
                    rules.target(),
                    rules.overlap(),
                    rules.depth(),
                    rules.delimiter(),
                    rules.tables().name(),
                    null);
        }

        /// @throws IllegalArgumentException when it makes no sense
        ChunkRules rules() {
            var usual = ChunkRules.STANDARD;
            return new ChunkRules(
                    way == null ? usual.way() : ChunkRules.Way.valueOf(way),
                    target,
                    overlap == null ? usual.overlap() : overlap,
                    depth == null ? usual.depth() : depth,
                    delimiter == null ? "" : delimiter,
                    tables == null ? usual.tables() : ChunkRules.Tables.valueOf(tables));
        }
    }

    record Passage(int number, String path, String text, int tokens) {

        static Passage of(Chunk chunk) {
            return new Passage(
                    chunk.ordinal() + 1,
                    String.join(" › ", chunk.headingPath()),
                    chunk.text().replaceAll("\n{2,}", "\n"),
                    chunk.tokens());
        }
    }

    @GetMapping("/library/{id}/chunking")
    String show(
            Principal.User me,
            @PathVariable UUID id,
            Form asked,
            @RequestParam(defaultValue = "") String find,
            Model model,
            Locale locale) {
        var key = new KnowledgeBaseId(id);
        var kept = chunking.of(me, key);
        var form = asked.way() == null ? Form.of(kept) : asked;
        var scope = access.everythingFor(me);
        var base = library.base(scope, key).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("form", form);
        var offered = picks.of(me, key, find, List.of());
        var tried = tried(me, key, asked.document(), offered);
        model.addAttribute(
                "documents",
                tried.map(row -> picks.of(me, key, find, List.of(row.id().value())))
                        .orElse(offered));
        tried.ifPresent(row -> preview(me, row, form, model, locale));
        return "library/chunking";
    }

    /// The one that is asked for, or else the first that is offered.
    private Optional<DocumentRow> tried(
            Principal.User me, KnowledgeBaseId base, @Nullable UUID asked, Picks offered) {
        var first = offered.options().stream().findFirst().map(one -> UUID.fromString(one.id()));
        return Optional.ofNullable(asked)
                .or(() -> first)
                .flatMap(id -> library.document(access.everythingFor(me), new DocumentId(id)))
                .filter(row -> row.base().equals(base));
    }

    /// The passages of one document under these rules, as HTML.
    @GetMapping("/app/bases/{id}/chunking")
    String preview(
            Principal.User me, @PathVariable UUID id, Form form, Model model, Locale locale) {
        var key = new KnowledgeBaseId(id);
        chunking.of(me, key);
        var document = form.document();
        var row =
                document == null
                        ? null
                        : library.document(access.everythingFor(me), new DocumentId(document))
                                .filter(found -> found.base().equals(key))
                                .orElseThrow(() -> new NoSuchDocument(new DocumentId(document)));
        if (row != null) {
            preview(me, row, form, model, locale);
        }
        return "library/chunking :: preview";
    }

    private void preview(
            Principal.User me, DocumentRow row, Form form, Model model, Locale locale) {
        try {
            List<Chunk> chunks = chunking.preview(me, row.base(), row.id(), form.rules());
            int tokens = chunks.stream().mapToInt(Chunk::tokens).sum();
            model.addAttribute("passages", chunks.stream().limit(SHOWN).map(Passage::of).toList());
            model.addAttribute(
                    "sum",
                    words.say(
                            locale,
                            "chunking.sum",
                            chunks.size(),
                            chunks.isEmpty() ? 0 : tokens / chunks.size(),
                            chunks.stream().mapToInt(Chunk::tokens).max().orElse(0),
                            row.chunks() == null ? 0 : row.chunks()));
            model.addAttribute("left", Math.max(0, chunks.size() - SHOWN));
        } catch (IllegalArgumentException e) {
            model.addAttribute("wrong", words.say(locale, "chunking.wrong"));
        }
    }

    @PostMapping("/library/{id}/chunking")
    String apply(Principal.User me, @PathVariable UUID id, Form form, RedirectAttributes next) {
        var key = new KnowledgeBaseId(id);
        chunking.of(me, key);
        try {
            int documents = chunking.apply(me, key, form.rules());
            next.addFlashAttribute("done", words.say("chunking.applied", documents));
        } catch (IllegalArgumentException e) {
            next.addFlashAttribute("wrong", words.say("chunking.wrong"));
        }
        return "redirect:/library/" + id + "/chunking";
    }
}
