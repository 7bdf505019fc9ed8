package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.evaluate.profile.ProfileRefused;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/// A calibration as `./run evaluate --fit` writes it.
@Schema(
        name = "Calibration",
        description =
                "How relevance is reckoned: the weights of a logistic, of what the reranker read"
                        + " and of what it did not, for questions as asked and for translations.")
record CalibrationJson(
        @Schema(description = "Where it comes from.") @NotBlank String name,
        @NotNull @Valid Reading asked,
        @NotNull @Valid Reading translated) {

    @Schema(name = "CalibrationReading")
    record Reading(@NotNull @Valid Weights read, @NotNull @Valid Weights unread) {

        static Reading of(Calibration.Reading of) {
            return new Reading(Weights.of(of.read()), Weights.of(of.unread()));
        }

        Calibration.Reading reading() {
            return new Calibration.Reading(read.weights(), unread.weights());
        }
    }

    @Schema(name = "CalibrationWeights")
    record Weights(
            @NotNull Double constant,
            @JsonProperty("keyword_share") @NotNull Double keywordShare,
            @NotNull Double cosine,
            @JsonProperty("late_interaction") @NotNull Double lateInteraction) {

        static Weights of(Calibration.Weights of) {
            return new Weights(of.constant(), of.keywordShare(), of.cosine(), of.lateInteraction());
        }

        Calibration.Weights weights() {
            return new Calibration.Weights(constant, keywordShare, cosine, lateInteraction);
        }
    }

    static CalibrationJson of(Calibration of) {
        return new CalibrationJson(of.name(), Reading.of(of.asked()), Reading.of(of.translated()));
    }

    /// @throws ProfileRefused when a weight is out of all range
    Calibration calibration() {
        try {
            return new Calibration(name, asked.reading(), translated.reading());
        } catch (IllegalArgumentException e) {
            throw ProfileRefused.calibration(e);
        }
    }
}
