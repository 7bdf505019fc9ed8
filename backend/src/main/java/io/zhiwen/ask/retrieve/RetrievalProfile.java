package io.zhiwen.ask.retrieve;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How passages are found: one profile for the chat, the search of the API and the evaluation.
///
/// @param candidates taken from each leg
/// @param efSearch candidates that pgvector's graph keeps in a search: more finds more and takes
/// longer; at least twice `candidates` are kept in any case
/// @param legBudget a leg that takes longer is left out of that answer
/// @param reranker what reorders the best of the fused candidates
/// @param reranked how many of them
/// @param rerankBudget what is not scored by then is placed by what the legs said
/// @param tokenCache memory for the token vectors of passages scored before
/// @param calibration how relevance is reckoned; no setting, a stored profile may have its own
@Validated
@ConfigurationProperties("zhiwen.retrieval")
public record RetrievalProfile(
        @Min(10) @Max(1_000) int candidates,
        @Min(10) @Max(1_000) int efSearch,
        @NotNull Duration legBudget,
        @NotNull RerankerKind reranker,
        @Min(1) @Max(200) int reranked,
        @NotNull Duration rerankBudget,
        @NotNull DataSize tokenCache,
        Calibration calibration) {

    /// What reorders candidates.
    public enum RerankerKind {
        NONE,
        LATE_INTERACTION,
        /// A server with a cross-encoder; late interaction where it fails or none is set.
        SERVER,
        /// A cross-encoder from a file; late interaction where it cannot be used or none is set.
        ONNX
    }

    /// What holds when nothing is set.
    public static final RetrievalProfile DEFAULT =
            new RetrievalProfile(
                    60,
                    200,
                    Duration.ofSeconds(2),
                    RerankerKind.LATE_INTERACTION,
                    24,
                    Duration.ofMillis(250),
                    DataSize.ofMegabytes(96));

    /// With the bundled calibration.
    @ConstructorBinding
    public RetrievalProfile(
            @DefaultValue("60") int candidates,
            @DefaultValue("200") int efSearch,
            @DefaultValue("2s") Duration legBudget,
            @DefaultValue("late-interaction") RerankerKind reranker,
            @DefaultValue("24") int reranked,
            @DefaultValue("250ms") Duration rerankBudget,
            @DefaultValue("96MB") DataSize tokenCache) {
        this(
                candidates,
                efSearch,
                legBudget,
                reranker,
                reranked,
                rerankBudget,
                tokenCache,
                Calibration.BUNDLED);
    }

    /// The same with another calibration.
    public RetrievalProfile withCalibration(Calibration calibration) {
        return new RetrievalProfile(
                candidates,
                efSearch,
                legBudget,
                reranker,
                reranked,
                rerankBudget,
                tokenCache,
                calibration);
    }

    /// The same that takes so long: a figure must not depend on what else the machine does.
    public RetrievalProfile patient(Duration patience) {
        return new RetrievalProfile(
                candidates,
                efSearch,
                patience,
                reranker,
                reranked,
                patience,
                tokenCache,
                calibration);
    }

    /// The same without reranking.
    public RetrievalProfile withoutRerank() {
        return new RetrievalProfile(
                candidates,
                efSearch,
                legBudget,
                RerankerKind.NONE,
                reranked,
                rerankBudget,
                tokenCache,
                calibration);
    }

    /// The same that reads half as many candidates again, in half the time.
    public RetrievalProfile halved() {
        return new RetrievalProfile(
                candidates,
                efSearch,
                legBudget,
                reranker,
                Math.max(1, reranked / 2),
                rerankBudget.dividedBy(2),
                tokenCache,
                calibration);
    }

    /// The same with so many candidates.
    public RetrievalProfile withCandidates(int candidates) {
        return new RetrievalProfile(
                candidates,
                efSearch,
                legBudget,
                reranker,
                reranked,
                rerankBudget,
                tokenCache,
                calibration);
    }
}
