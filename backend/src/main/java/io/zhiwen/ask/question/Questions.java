package io.zhiwen.ask.question;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Language;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Reads what somebody typed. Safe for concurrent use.
@Component
public class Questions {

    private final Supplier<QuestionSettings> settings;
    private final FollowUps followUps;

    public Questions(Supplier<QuestionSettings> settings, FollowUps followUps) {
        this.settings = settings;
        this.followUps = followUps;
    }

    /// The text without invisible characters and outer space.
    ///
    /// @throws UnusableQuestion when nothing is left, or more than is taken
    public String checked(String typed) {
        String text = Typed.clean(typed);
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw UnusableQuestion.empty();
        }
        int most = settings.get().maxCharacters();
        if (text.length() > most) {
            throw UnusableQuestion.tooLong(text.length(), most);
        }
        return text;
    }

    /// @param history oldest first
    /// @throws UnusableQuestion when it has no words or too many
    public Question read(String typed, List<Turn> history, Scope scope, BooleanSupplier stop) {
        String asked = checked(typed);
        Language language = Typed.language(asked, history);
        return new Question(standalone(asked, history, scope, stop), asked, language, scope);
    }

    private String standalone(String asked, List<Turn> history, Scope scope, BooleanSupplier stop) {
        if (history.isEmpty() || !Elliptic.is(asked)) {
            return asked;
        }
        return followUps
                .standalone(asked, history, scope, stop)
                .orElseGet(() -> history.getLast().question() + " " + asked);
    }
}
