package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.rerank.RerankerSettings;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.evaluate.golden.EvaluationRun;
import io.zhiwen.evaluate.golden.EvaluationRuns;
import io.zhiwen.evaluate.golden.Gate;
import io.zhiwen.evaluate.golden.GoldenQuestions;
import io.zhiwen.evaluate.profile.CalibrationFile;
import io.zhiwen.evaluate.profile.LiveSince;
import io.zhiwen.evaluate.profile.ProfileRefused;
import io.zhiwen.evaluate.profile.ProfileValues;
import io.zhiwen.evaluate.profile.RetrievalProfiles;
import io.zhiwen.evaluate.profile.StoredProfile;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What is measured in each base, and the ways to retrieve, for admins.
@Controller
@RequestMapping("/admin/evaluation")
class EvaluationPages {

    private static final String HERE = "redirect:/admin/evaluation";

    private final GoldenQuestions questions;
    private final EvaluationRuns runs;
    private final RetrievalProfiles profiles;
    private final Gate gate;
    private final Library library;
    private final Access access;
    private final RerankerSettings reranker;
    private final Words words;

    EvaluationPages(
            GoldenQuestions questions,
            EvaluationRuns runs,
            RetrievalProfiles profiles,
            Gate gate,
            Library library,
            Access access,
            RerankerSettings reranker,
            Words words) {
        this.questions = questions;
        this.runs = runs;
        this.profiles = profiles;
        this.gate = gate;
        this.library = library;
        this.access = access;
        this.reranker = reranker;
        this.words = words;
    }

    record BaseRow(String id, String name, int questions, @Nullable RunView last) {}

    record SinceView(String name, boolean gated, String by, String at, String atText) {}

    @GetMapping
    String all(Principal.User me, Model model, Locale locale) {
        var counts = questions.counts(me);
        model.addAttribute(
                "bases",
                library.bases(access.everythingFor(me)).stream()
                        .map(
                                base ->
                                        new BaseRow(
                                                base.id().toString(),
                                                base.name(),
                                                counts.getOrDefault(base.id().value(), 0),
                                                last(me, base, locale)))
                        .toList());
        model.addAttribute("rerankServer", reranker.isSet());
        model.addAttribute("rerankFile", reranker.isFile());
        model.addAttribute("profiles", views(profiles.all(me), words, locale));
        model.addAttribute(
                "since", profiles.history(me).stream().map(one -> view(one, locale)).toList());
        return "evaluate/overview";
    }

    @PostMapping("/profiles")
    String create(
            Principal.User me,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "60") int candidates,
            @RequestParam(defaultValue = "LATE_INTERACTION") RerankerKind reranker,
            @RequestParam(defaultValue = "24") int reranked,
            @RequestParam(defaultValue = "250") int rerankMillis,
            @RequestParam(defaultValue = "8") int passages,
            @RequestParam(defaultValue = "0.12") double refuseBelow,
            @RequestParam(defaultValue = "0.03") double keepAbove,
            @RequestParam(defaultValue = "") String calibration,
            RedirectAttributes next) {
        return done(
                next,
                "evaluate.profile.made",
                () ->
                        profiles.create(
                                me,
                                name,
                                new ProfileValues(
                                        candidates,
                                        reranker,
                                        reranked,
                                        rerankMillis,
                                        passages,
                                        refuseBelow,
                                        keepAbove,
                                        calibration.isBlank()
                                                ? Calibration.BUNDLED
                                                : CalibrationFile.read(calibration))));
    }

    /// @param profile absent for the one of the settings
    @PostMapping("/profiles/live")
    String live(
            Principal.User me,
            @RequestParam @Nullable UUID profile,
            @RequestParam(defaultValue = "false") boolean gated,
            RedirectAttributes next,
            Locale locale) {
        var wanted = profiles.find(me, profile).orElseThrow(Faults.Gone::new);
        if (gated) {
            var obstacles = gate.obstacles(me, wanted);
            if (!obstacles.isEmpty()) {
                next.addFlashAttribute("wrong", words.say(locale, "evaluate.gate.closed"));
                next.addFlashAttribute(
                        "obstacles",
                        obstacles.stream().map(one -> sentence(me, one, locale)).toList());
                return HERE;
            }
        }
        return done(next, "evaluate.live.done", () -> gate.makeLive(me, wanted, gated));
    }

    @PostMapping("/profiles/{profile}/delete")
    String delete(Principal.User me, @PathVariable UUID profile, RedirectAttributes next) {
        if (profiles.find(me, profile).isEmpty()) {
            throw new Faults.Gone();
        }
        return done(next, "evaluate.profile.deleted", () -> profiles.delete(me, profile));
    }

    private String sentence(Principal.User me, Gate.Obstacle obstacle, Locale locale) {
        var base =
                library.base(access.everythingFor(me), obstacle.base())
                        .map(KnowledgeBase::name)
                        .orElse("");
        return obstacle.runMissing()
                ? words.say(locale, "evaluate.gate.missing", base)
                : words.say(
                        locale,
                        "evaluate.gate.worse",
                        base,
                        obstacle.worse().stream()
                                .limit(5)
                                .map(text -> words.say(locale, "evaluate.quoted", text))
                                .collect(Collectors.joining(" ")));
    }

    private String done(RedirectAttributes next, String said, Runnable change) {
        try {
            change.run();
            next.addFlashAttribute("done", words.say(said));
        } catch (ProfileRefused refused) {
            next.addFlashAttribute(
                    "wrong",
                    words.say("evaluate.wrong." + refused.reason().code(), refused.field()));
        }
        return HERE;
    }

    private @Nullable RunView last(Principal.User me, KnowledgeBase base, Locale locale) {
        return runs.of(me, new KnowledgeBaseId(base.id().value()), 1).stream()
                .filter(run -> run.state() == EvaluationRun.State.DONE)
                .findFirst()
                .map(run -> RunView.of(run, words, locale))
                .orElse(null);
    }

    private SinceView view(LiveSince since, Locale locale) {
        var name = since.name();
        return new SinceView(
                name == null ? words.say(locale, "evaluate.profile.settings") : name,
                since.gated(),
                since.by(),
                since.at().toString(),
                new Formats(locale).moment(since.at()));
    }

    static List<ProfileView> views(List<StoredProfile> profiles, Words words, Locale locale) {
        return profiles.stream().map(one -> ProfileView.of(one, words, locale)).toList();
    }
}
