package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.NearDuplicates;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentFigure;
import io.zhiwen.library.DocumentFigures;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.DocumentTable;
import io.zhiwen.library.Fields;
import io.zhiwen.library.HeldDocuments;
import io.zhiwen.library.Hold;
import io.zhiwen.library.Library;
import io.zhiwen.library.Pauses;
import io.zhiwen.library.Status;
import io.zhiwen.library.Timelines;
import io.zhiwen.source.Sources;
import java.time.InstantSource;
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
import org.springframework.web.bind.annotation.RequestParam;

/// One document: what was read beside how it is cut, and its text around a passage.
@Controller
class DocumentPages {

    private static final int CHUNKS = 100;
    private static final int PARTS = 100;
    private static final int DUPLICATES = 5;

    private final Library library;
    private final DocumentFigures figures;
    private final Fields fields;
    private final DocumentTable table;
    private final Sources sources;
    private final Timelines timelines;
    private final HeldDocuments held;
    private final Pauses pauses;
    private final NearDuplicates duplicates;
    private final Access access;
    private final InstantSource clock;
    private final Words words;

    DocumentPages(
            Library library,
            DocumentFigures figures,
            Fields fields,
            DocumentTable table,
            Sources sources,
            Timelines timelines,
            HeldDocuments held,
            Pauses pauses,
            NearDuplicates duplicates,
            Access access,
            InstantSource clock,
            Words words) {
        this.library = library;
        this.figures = figures;
        this.fields = fields;
        this.table = table;
        this.sources = sources;
        this.timelines = timelines;
        this.held = held;
        this.pauses = pauses;
        this.duplicates = duplicates;
        this.access = access;
        this.clock = clock;
        this.words = words;
    }

    record ChunkView(
            int number,
            String where,
            String path,
            String text,
            int tokens,
            String language,
            int start,
            int end,
            boolean chosen) {}

    /// @param document empty where the sentence is of this one
    record FindingView(String text, String document) {}

    @GetMapping("/library/documents/{id}")
    String page(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam @Nullable Integer version,
            @RequestParam @Nullable Integer start,
            @RequestParam @Nullable Integer end,
            @RequestParam(defaultValue = "0") int chunk,
            @RequestParam(defaultValue = "0") int part,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        var row = row(scope, id);
        var base = library.base(scope, row.base()).orElseThrow(Faults.Gone::new);
        int shown = version == null ? readable(scope, row) : version;
        var content = library.content(scope, row.id(), shown);
        if (version != null && content.isEmpty()) {
            throw new Faults.Gone();
        }
        state(me, scope, row, shown, content.orElse(null), model, locale);
        parts(scope, row, part, model, locale);
        var all =
                fields.of(scope, row.base()).stream()
                        .map(field -> FieldView.of(field, row.fields(), words, locale))
                        .toList();
        model.addAttribute("fields", all);
        model.addAttribute(
                "given", all.stream().filter(field -> !field.value().isEmpty()).toList());
        model.addAttribute("tags", table.tags(scope, row.base()));
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("origins", sources.originsOf(row.id()));
        var passage = passage(start, end);
        content.ifPresent(
                text -> {
                    boolean changed = version != null && shown < readable(scope, row);
                    model.addAttribute(
                            "reading",
                            Reading.of(text, passage, changed, words, locale)
                                    .with(text, shownIn(scope, row.id(), shown), words, locale));
                    chunks(scope, row.id(), shown, chunk, passage, model, locale);
                });
        var original = library.original(scope, row.id(), content.isEmpty() ? row.version() : shown);
        model.addAttribute("original", original.isPresent());
        model.addAttribute("inline", original.map(o -> o.inlineSafe()).orElse(false));
        return "library/document";
    }

    /// How the work goes, as HTML.
    @GetMapping("/app/documents/{id}/state")
    String state(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int part,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        var row = row(scope, id);
        int shown = readable(scope, row);
        var content = library.content(scope, row.id(), shown).orElse(null);
        state(me, scope, row, shown, content, model, locale);
        parts(scope, row, part, model, locale);
        return "library/document :: state";
    }

    /// The text around a passage, before a block, or from a block on.
    @GetMapping("/app/documents/{id}/{version}/text")
    String text(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable int version,
            @RequestParam @Nullable Integer start,
            @RequestParam @Nullable Integer end,
            @RequestParam @Nullable Integer from,
            @RequestParam @Nullable Integer before,
            Model model,
            Locale locale) {
        var scope = access.readableBy(me);
        var row = row(scope, id);
        var text = content(scope, row.id(), version);
        var passage = passage(start, end);
        Reading reading;
        if (before != null) {
            reading = Reading.before(text, before, false, words, locale);
        } else if (from != null) {
            reading = Reading.stretch(text, from, passage, false, words, locale);
        } else {
            boolean changed = version < readable(scope, row);
            reading = Reading.of(text, passage, changed, words, locale);
        }
        var shown = shownIn(scope, row.id(), version);
        model.addAttribute("reading", reading.with(text, shown, words, locale));
        model.addAttribute("link", row.link());
        return "reader/text :: text";
    }

    /// The figures of the version, where it is the one that readers find.
    private List<DocumentFigure> shownIn(Scope scope, DocumentId id, int version) {
        return figures.of(scope, id).stream().filter(f -> f.version() == version).toList();
    }

    @GetMapping("/app/documents/{id}/{version}/chunks")
    String chunks(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable int version,
            @RequestParam(defaultValue = "0") int from,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        chunks(scope, row(scope, id).id(), version, from, null, model, locale);
        return "reader/text :: chunks";
    }

    private void state(
            Principal.User me,
            Scope scope,
            DocumentRow row,
            int shown,
            @Nullable CleanDocument content,
            Model model,
            Locale locale) {
        model.addAttribute("may", May.of(access.rights(me, row.base())));
        model.addAttribute("live", row.live());
        model.addAttribute(
                "held",
                held.waiting(scope, row.id()).stream()
                        .findFirst()
                        .map(hold -> held(hold, scope, locale))
                        .orElse(null));
        boolean readable = content != null;
        model.addAttribute(
                "findings",
                content == null ? List.of() : findings(scope, row.id(), content, locale));
        model.addAttribute("row", RowView.of(row, words, locale));
        model.addAttribute(
                "again",
                content != null
                        && shown == row.version()
                        && row.status() == Status.READY
                        && content.findings().stream().anyMatch(f -> f.kind().mayPass()));
        model.addAttribute("version", shown);
        model.addAttribute("readable", readable);
        model.addAttribute(
                "older", readable && shown < row.version() && row.status() != Status.READY);
        model.addAttribute(
                "pause",
                row.status() == Status.QUEUED
                        ? pauses.of(row.base())
                                .map(pause -> PauseView.of(pause, words, locale))
                                .orElse(null)
                        : null);
        model.addAttribute(
                "timeline",
                timelines
                        .of(me, row.id())
                        .map(found -> TimelineView.of(found, clock.instant(), words, locale))
                        .orElse(null));
    }

    /// @param said since when, and by whom where a person holds it
    record HeldNote(int version, String said, List<HeldView.ReasonView> reasons) {}

    private HeldNote held(Hold hold, Scope scope, Locale locale) {
        var since = new Formats(locale).moment(hold.at());
        var by = hold.by();
        Map<DocumentId, String> names = new HashMap<>();
        hold.reasons().stream()
                .map(HoldReason::document)
                .filter(Objects::nonNull)
                .map(DocumentId::new)
                .forEach(
                        id ->
                                library.document(scope, id)
                                        .ifPresent(other -> names.put(id, other.name())));
        return new HeldNote(
                hold.version(),
                by == null
                        ? words.say(locale, "held.since", since)
                        : words.say(locale, "held.since.by", since, HeldView.name(by)),
                HeldView.reasons(hold.reasons(), names, words, locale));
    }

    private void parts(Scope scope, DocumentRow row, int from, Model model, Locale locale) {
        int begin = Math.clamp(from, 0, row.parts().all());
        var shown = library.parts(scope, row.id(), begin, PARTS);
        int end = begin + shown.size();
        model.addAttribute(
                "parts", shown.stream().map(each -> RowView.of(each, words, locale)).toList());
        model.addAttribute("partsBefore", begin == 0 ? null : Math.max(0, begin - PARTS));
        model.addAttribute("partsAfter", end < row.parts().all() ? end : null);
        model.addAttribute("partsFrom", begin);
    }

    private List<FindingView> findings(
            Scope scope, DocumentId id, CleanDocument content, Locale locale) {
        var own = content.findings().stream().map(f -> new FindingView(sentence(f, locale), ""));
        var alike =
                duplicates.of(id, scope.reach()).stream()
                        .limit(DUPLICATES)
                        .map(
                                other ->
                                        new FindingView(
                                                words.say(
                                                        locale,
                                                        "finding." + other.code(),
                                                        other.name(),
                                                        other.percent()),
                                                other.document().toString()));
        return Stream.concat(own, alike).toList();
    }

    private String sentence(Finding finding, Locale locale) {
        String key = "finding." + finding.kind().name().toLowerCase(Locale.ROOT);
        return words.say(
                locale,
                key,
                Finding.ranges(finding.pages()),
                finding.amount(),
                finding.pages().size());
    }

    private void chunks(
            Scope scope,
            DocumentId id,
            int version,
            int from,
            @Nullable Span passage,
            Model model,
            Locale locale) {
        var all = library.chunks(scope, id, version);
        int begin = Math.clamp(from, 0, all.size());
        int end = Math.min(all.size(), begin + CHUNKS);
        model.addAttribute(
                "chunks",
                all.subList(begin, end).stream().map(c -> view(c, passage, locale)).toList());
        model.addAttribute("nextChunk", end < all.size() ? end : null);
        model.addAttribute("document", id.toString());
        model.addAttribute("version", version);
    }

    private ChunkView view(StoredChunk stored, @Nullable Span passage, Locale locale) {
        var chunk = stored.chunk();
        return new ChunkView(
                chunk.ordinal() + 1,
                SourceView.where(chunk.page(), chunk.sheet(), words, locale),
                String.join(" › ", chunk.headingPath()),
                chunk.text().replaceAll("\n{2,}", "\n"),
                chunk.tokens(),
                chunk.language().tag(),
                chunk.span().start(),
                chunk.span().end(),
                chunk.span().equals(passage));
    }

    private DocumentRow row(Scope scope, UUID id) {
        return library.document(scope, new DocumentId(id)).orElseThrow(Faults.Gone::new);
    }

    private CleanDocument content(Scope scope, DocumentId id, int version) {
        return library.content(scope, id, version).orElseThrow(Faults.Gone::new);
    }

    /// The version readers find: the newest that could be read.
    private int readable(Scope scope, DocumentRow row) {
        if (row.status() == Status.READY || !row.live()) {
            return row.version();
        }
        for (int version = row.version() - 1; version > 0; version--) {
            if (!library.chunks(scope, row.id(), version).isEmpty()) {
                return version;
            }
        }
        return row.version();
    }

    private static @Nullable Span passage(@Nullable Integer start, @Nullable Integer end) {
        return start == null || end == null || start < 0 || end <= start
                ? null
                : new Span(start, end);
    }
}
