package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.AnswerWays;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// How an answer came about, for whoever may know.
@Controller
class WayPages {

    private final AnswerWays ways;
    private final Library library;
    private final Access access;
    private final Words words;

    WayPages(AnswerWays ways, Library library, Access access, Words words) {
        this.ways = ways;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/answers/{answer}")
    String way(Principal.User me, @PathVariable UUID answer, Model model, Locale locale) {
        var way = ways.open(me, answer).orElseThrow(Faults.Gone::new);
        var names =
                library.bases(access.everythingFor(me)).stream()
                        .collect(Collectors.toMap(base -> base.id().value(), KnowledgeBase::name));
        model.addAttribute("way", WayView.of(way, id -> names.getOrDefault(id, ""), words, locale));
        return "evaluate/way";
    }
}
