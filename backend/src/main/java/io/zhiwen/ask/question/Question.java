package io.zhiwen.ask.question;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Language;

/// A question that stands alone.
///
/// @param text what is searched
/// @param asked what its asker typed
/// @param language to answer in
/// @param scope what it may search
/// @param interpreter for passages in another language; where it says nothing, a dictionary does
public record Question(
        String text, String asked, Language language, Scope scope, Interpreter interpreter) {

    /// One that a dictionary translates.
    public Question(String text, String asked, Language language, Scope scope) {
        this(text, asked, language, scope, Interpreter.NONE);
    }

    public Question {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a question needs words");
        }
    }

    /// The same, said by this interpreter.
    public Question saidBy(Interpreter interpreter) {
        return new Question(text, asked, language, scope, interpreter);
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
