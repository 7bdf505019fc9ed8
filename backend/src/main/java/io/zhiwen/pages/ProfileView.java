package io.zhiwen.pages;

import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.evaluate.profile.CalibrationFile;
import io.zhiwen.evaluate.profile.ProfileValues;
import io.zhiwen.evaluate.profile.StoredProfile;
import java.util.Locale;

/// A retrieval profile in words.
///
/// @param id empty for the one of the settings
/// @param calibration its name
/// @param weights the same as a file
record ProfileView(
        String id,
        String name,
        boolean live,
        String said,
        ProfileValues values,
        String calibration,
        String weights,
        String by) {

    static ProfileView of(StoredProfile profile, Words words, Locale locale) {
        var id = profile.id();
        return new ProfileView(
                id == null ? "" : id.toString(),
                name(profile.name(), words, locale),
                profile.live(),
                said(profile.values(), words, locale),
                profile.values(),
                calibration(profile.values(), words, locale),
                CalibrationFile.written(profile.values().calibration()),
                profile.by());
    }

    static String name(String name, Words words, Locale locale) {
        return name.isEmpty() ? words.say(locale, "evaluate.profile.settings") : name;
    }

    private static String calibration(ProfileValues values, Words words, Locale locale) {
        var calibration = values.calibration();
        return calibration.equals(Calibration.BUNDLED)
                ? words.say(locale, "evaluate.calibration.bundled")
                : calibration.name();
    }

    static String said(ProfileValues values, Words words, Locale locale) {
        return words.say(
                locale,
                values.reranker() == RerankerKind.NONE
                        ? "evaluate.profile.said.plain"
                        : "evaluate.profile.said",
                values.candidates(),
                values.passages(),
                String.valueOf(values.refuseBelow()),
                String.valueOf(values.keepAbove()),
                values.reranked(),
                calibration(values, words, locale));
    }
}
