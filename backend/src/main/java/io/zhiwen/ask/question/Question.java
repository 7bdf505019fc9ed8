package io.zhiwen.ask.question;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Language;

/// A question that stands alone.
///
/// @param text what is searched
/// @param asked what its asker typed
/// @param language to answer in
/// @param scope what it may search
public record Question(String text, String asked, Language language, Scope scope) {

    public Question {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a question needs words");
        }
    }

    /// What encoders read: the text, or the sentences that ask where it is long.
    public String gist() {
        return Gist.of(text);
    }

    /// What to answer in.
    public Tongue tongue() {
        return Tongue.of(this);
    }
}
