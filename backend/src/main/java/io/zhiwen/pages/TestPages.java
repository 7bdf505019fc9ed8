package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.evaluate.inspect.Inspector;
import io.zhiwen.evaluate.profile.RetrievalProfiles;
import io.zhiwen.evaluate.profile.StoredProfile;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// One question looked into, for admins: what each leg found, how it was joined, read again and
/// chosen from, and what was dropped where.
@Controller
class TestPages {

    private final Inspector inspector;
    private final RetrievalProfiles profiles;
    private final Library library;
    private final Access access;
    private final Words words;

    TestPages(
            Inspector inspector,
            RetrievalProfiles profiles,
            Library library,
            Access access,
            Words words) {
        this.inspector = inspector;
        this.profiles = profiles;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/admin/evaluation/test")
    String test(
            Principal.User me,
            @RequestParam(defaultValue = "") String question,
            @RequestParam(defaultValue = "") List<UUID> base,
            @RequestParam(defaultValue = "live") String profile,
            Model model,
            Locale locale) {
        var scope = access.chosenBy(me, base.stream().map(KnowledgeBaseId::new).toList());
        var wanted = wanted(me, profile);
        model.addAttribute(
                "profiles",
                profiles.all(me).stream()
                        .map(
                                one ->
                                        new ChatPages.Choice(
                                                id(one),
                                                ProfileView.name(one.name(), words, locale),
                                                id(one).equals(id(wanted))))
                        .toList());
        var bases = library.bases(access.everythingFor(me));
        model.addAttribute("question", question);
        model.addAttribute(
                "bases",
                bases.stream()
                        .map(
                                one ->
                                        new ChatPages.Choice(
                                                one.id().toString(),
                                                one.name(),
                                                base.contains(one.id().value())))
                        .toList());
        if (!question.isBlank()) {
            try {
                var seen = inspector.inspect(question, scope, profiles.of(wanted));
                model.addAttribute("seen", InspectionView.of(seen, words, locale));
            } catch (UnusableQuestion unusable) {
                model.addAttribute("wrong", words.say(locale, unusable.code(), unusable.limit()));
            }
        }
        return "evaluate/test";
    }

    private StoredProfile wanted(Principal.User me, String id) {
        return profiles.all(me).stream()
                .filter(one -> id.equals("live") ? one.live() : id.equals(id(one)))
                .findFirst()
                .orElseThrow(Faults.Gone::new);
    }

    private static String id(StoredProfile profile) {
        var id = profile.id();
        return id == null ? "settings" : id.toString();
    }
}
