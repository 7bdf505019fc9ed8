package io.zhiwen.curate;

import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.RatedAnswers;
import io.zhiwen.conversation.feedback.RatedSource;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Makes a rated answer, as it was corrected, one that is given from now on. Safe for concurrent
/// use.
@Component
public class FeedbackApproval {

    private static final Pattern CITES = Pattern.compile("[ \\t]*\\[(\\d{1,4}|\\?)]");
    private static final int QUOTE = 200;

    private final RatedAnswers rated;
    private final ApprovedAnswers answers;

    FeedbackApproval(RatedAnswers rated, ApprovedAnswers answers) {
        this.rated = rated;
        this.answers = answers;
    }

    /// In the base of the first document it cites.
    ///
    /// @return empty when there is no such rating
    /// @throws ApprovedRefused when it cites nothing, or cannot be given
    public Optional<ApprovedAnswer> approve(Principal admin, UUID feedback) {
        return rated.find(admin, feedback).map(one -> answers.add(admin, base(one), draft(one)));
    }

    private static KnowledgeBaseId base(Feedback feedback) {
        return feedback.sources().stream()
                .findFirst()
                .map(source -> new KnowledgeBaseId(source.base()))
                .orElseThrow(() -> ApprovedRefused.because(ApprovedRefused.Reason.NO_SOURCE));
    }

    /// With the documents of its base, numbered anew; what it says of others cites nothing.
    private static ApprovedDraft draft(Feedback feedback) {
        UUID base = base(feedback).value();
        List<Integer> numbers = new ArrayList<>();
        List<ApprovedDraft.Source> sources = new ArrayList<>();
        for (RatedSource source : feedback.sources()) {
            if (source.base().equals(base)) {
                numbers.add(source.number());
                sources.add(new ApprovedDraft.Source(source.document(), quote(source.text())));
            }
        }
        String text =
                CITES.matcher(feedback.best())
                        .replaceAll(
                                cited -> {
                                    int at = numbers.indexOf(number(cited.group(1)));
                                    return at < 0
                                            ? ""
                                            : Matcher.quoteReplacement(
                                                    cited.group()
                                                            .replace(
                                                                    cited.group(1),
                                                                    Integer.toString(at + 1)));
                                });
        return new ApprovedDraft(List.of(feedback.question()), text, sources, null);
    }

    /// No number for what our check doubts.
    private static int number(String cited) {
        return cited.equals("?") ? 0 : Integer.parseInt(cited);
    }

    /// The beginning of the passage, by which it is found again.
    private static String quote(String text) {
        String clean = text.replaceAll("\\s+", " ").strip();
        return clean.codePointCount(0, clean.length()) <= QUOTE
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, QUOTE));
    }
}
