package io.zhiwen.evaluate.profile;

import io.zhiwen.ask.AnswerSettings;
import io.zhiwen.ask.Profile;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/// What a stored profile says; the rest is what the settings say.
///
/// @param candidates taken from each leg
/// @param reranker what reorders the best of the fused candidates
/// @param reranked how many of them
/// @param rerankMillis what is not scored by then keeps its fused order
/// @param passages an answer is made from at most
/// @param refuseBelow the relevance the best passage needs
/// @param keepAbove the relevance any other passage needs
/// @param calibration how relevance is reckoned; the bundled one where a profile names none
public record ProfileValues(
        int candidates,
        RerankerKind reranker,
        int reranked,
        int rerankMillis,
        int passages,
        double refuseBelow,
        double keepAbove,
        Calibration calibration) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @throws ProfileRefused naming the value that is out of its range
    @SuppressWarnings("NullAway") // of profiles stored before there were calibrations
    public ProfileValues {
        calibration = calibration == null ? Calibration.BUNDLED : calibration;
        within("candidates", candidates, 10, 1_000);
        within("reranked", reranked, 1, 200);
        within("rerank-ms", rerankMillis, 10, 60_000);
        within("passages", passages, 1, 50);
        within("refuse-below", refuseBelow, 0, 1);
        within("keep-above", keepAbove, 0, 1);
    }

    public static ProfileValues of(Profile profile) {
        RetrievalProfile retrieval = profile.retrieval();
        AnswerSettings answers = profile.answers();
        return new ProfileValues(
                retrieval.candidates(),
                retrieval.reranker(),
                retrieval.reranked(),
                Math.toIntExact(retrieval.rerankBudget().toMillis()),
                answers.passages(),
                answers.refuseBelow(),
                answers.keepAbove(),
                retrieval.calibration());
    }

    public Profile over(Profile settings) {
        RetrievalProfile retrieval = settings.retrieval();
        return new Profile(
                new RetrievalProfile(
                        candidates,
                        retrieval.efSearch(),
                        retrieval.legBudget(),
                        reranker,
                        reranked,
                        Duration.ofMillis(rerankMillis),
                        retrieval.tokenCache(),
                        calibration),
                new AnswerSettings(passages, refuseBelow, keepAbove, settings.answers().nearest()));
    }

    public String json() {
        return JSON.writeValueAsString(this);
    }

    public static ProfileValues ofJson(String json) {
        return JSON.readValue(json, ProfileValues.class);
    }

    private static void within(String field, double value, double least, double most) {
        if (Double.isNaN(value) || value < least || value > most) {
            throw ProfileRefused.range(field, least, most);
        }
    }
}
