package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Grants;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Library;
import io.zhiwen.library.Place;
import io.zhiwen.library.PlaceGrants;
import io.zhiwen.library.PlaceReasons;
import io.zhiwen.library.PlaceRights;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Who may do what with one folder or document, and why; for those who manage its base.
@Controller
@RequestMapping({"/library/folders/{id}/rights", "/library/documents/{id}/rights"})
class PlaceRightsPages {

    private final PlaceGrants places;
    private final PlaceReasons reasons;
    private final Grants grants;
    private final Library library;
    private final Access access;
    private final Words words;

    PlaceRightsPages(
            PlaceGrants places,
            PlaceReasons reasons,
            Grants grants,
            Library library,
            Access access,
            Words words) {
        this.places = places;
        this.reasons = reasons;
        this.grants = grants;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// What somebody may do here, and each step of the way to it in words.
    record Explained(String name, String role, List<String> reasons) {}

    @GetMapping
    String page(
            Principal.User me,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam @Nullable UUID who,
            @RequestParam(defaultValue = "") String find,
            Model model,
            Locale locale) {
        var place = place(request, id);
        var rights = places.of(me, place);
        var base =
                library.base(access.everythingFor(me), rights.base()).orElseThrow(Faults.Gone::new);
        var named = Picks.clean(find);
        var candidates = grants.candidates(me, rights.base(), named, Picks.READ);
        var asked = who == null ? null : grants.candidate(me, rights.base(), who).orElse(null);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("at", at(place));
        model.addAttribute(
                "up",
                place instanceof Place.InFolder
                        ? "/library/" + base.id() + "?folder=" + id
                        : at(place));
        model.addAttribute("name", rights.name());
        model.addAttribute("kind", place.kind());
        model.addAttribute("mode", mode(rights));
        model.addAttribute(
                "grants", rights.grants().stream().map(PeoplePages.GrantView::of).toList());
        model.addAttribute(
                "picks",
                Picks.of(named, candidates.people(), asked == null ? List.of() : List.of(asked))
                        .orMore(candidates.groups().size() == Picks.READ));
        model.addAttribute("groups", candidates.groups());
        if (asked != null) {
            var why = reasons.of(me, place, asked.id());
            model.addAttribute("explained", explained(asked.name(), why, locale));
        }
        return "library/rights";
    }

    /// @param mode `none`, `open` or `closed`
    @PostMapping
    String mode(
            Principal.User me,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String mode,
            RedirectAttributes next) {
        var place = place(request, id);
        switch (mode) {
            case "none" -> places.unguard(me, place);
            case "open" -> places.guard(me, place, false);
            case "closed" -> places.guard(me, place, true);
            default -> throw new Faults.Gone();
        }
        next.addFlashAttribute("done", words.say("users.saved"));
        return back(place);
    }

    @PostMapping("/give")
    String give(
            Principal.User me,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String role,
            RedirectAttributes next) {
        var place = place(request, id);
        places.of(me, place);
        var whom = Grantee.named(to);
        var as = BaseRole.named(role).filter(PlaceRights.ROLES::contains);
        if (whom.isEmpty() || as.isEmpty()) {
            next.addFlashAttribute("wrong", words.say("people.choose"));
            return back(place);
        }
        try {
            places.give(me, place, whom.get(), as.get());
            next.addFlashAttribute("done", words.say("users.saved"));
        } catch (AccountRefused refused) {
            next.addFlashAttribute("wrong", words.say("account." + refused.code()));
        }
        return back(place);
    }

    @PostMapping("/remove")
    String remove(
            Principal.User me,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String from,
            RedirectAttributes next) {
        var place = place(request, id);
        places.of(me, place);
        boolean had = Grantee.named(from).map(whom -> places.revoke(me, place, whom)).orElse(false);
        next.addFlashAttribute(
                had ? "done" : "wrong", words.say(had ? "people.removed" : "people.gone"));
        return back(place);
    }

    private Explained explained(String name, PlaceReasons.Explanation explanation, Locale locale) {
        var role = explanation.role();
        return new Explained(
                name,
                role == null ? "none" : role.word(),
                explanation.steps().stream()
                        .flatMap(
                                step -> {
                                    var said =
                                            PeoplePages.explained(name, step.why(), words, locale)
                                                    .reasons();
                                    var where =
                                            step.name().isEmpty()
                                                    ? words.say(locale, "rights.step.base")
                                                    : words.say(
                                                            locale,
                                                            step.closed()
                                                                    ? "rights.step.closed"
                                                                    : "rights.step.open",
                                                            step.name());
                                    return said.isEmpty()
                                            ? Stream.of(
                                                    words.say(locale, "rights.step.nothing", where))
                                            : said.stream()
                                                    .map(
                                                            reason ->
                                                                    words.say(
                                                                            locale,
                                                                            "rights.step",
                                                                            where,
                                                                            reason));
                                })
                        .toList());
    }

    private static String mode(PlaceRights rights) {
        var closed = rights.closed();
        return closed == null ? "none" : closed ? "closed" : "open";
    }

    private static Place place(HttpServletRequest request, UUID id) {
        return request.getServletPath().startsWith("/library/folders/")
                ? new Place.InFolder(new FolderId(id))
                : new Place.InDocument(new DocumentId(id));
    }

    private static String at(Place place) {
        return "/library/" + place.kind() + "s/" + place.row();
    }

    private static String back(Place place) {
        return "redirect:" + at(place) + "/rights";
    }
}
