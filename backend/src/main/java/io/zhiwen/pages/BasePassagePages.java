package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BasePassages;
import io.zhiwen.library.Library;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// Words in all passages of a base, for those who edit documents there.
@Controller
class BasePassagePages {

    private static final int SHOWN = 50;

    private final BasePassages passages;
    private final Library library;
    private final Access access;
    private final Words words;

    BasePassagePages(BasePassages passages, Library library, Access access, Words words) {
        this.passages = passages;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param number in its document, from 1
    /// @param path headings from the outermost down; may be empty
    record Row(String document, String name, int number, String where, String path, String text) {}

    @GetMapping("/library/{id}/passages")
    String page(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") long after,
            Model model,
            Locale locale) {
        var key = new KnowledgeBaseId(id);
        var found = passages.with(me, key, q, after, SHOWN);
        var base = library.base(access.everythingFor(me), key).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("q", q.strip());
        model.addAttribute(
                "passages", found.passages().stream().map(one -> row(one, locale)).toList());
        model.addAttribute("after", found.next());
        model.addAttribute("begun", after > 0);
        return "library/base-passages";
    }

    private Row row(StoredChunk stored, Locale locale) {
        var chunk = stored.chunk();
        return new Row(
                stored.document().toString(),
                stored.documentName(),
                chunk.ordinal() + 1,
                SourceView.where(chunk.page(), chunk.sheet(), words, locale),
                String.join(" › ", chunk.headingPath()),
                chunk.text());
    }
}
