package io.zhiwen.ask.stream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/// A chat model that did not give a whole answer.
public final class LlmFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What went wrong; pages say it under the key `error.llm.<code>`.
    public enum Code {
        /// Nothing listens there, or the name is unknown.
        UNREACHABLE,
        /// Failed again and again, so it is left alone for a while.
        RESTING,
        /// No free slot in time, or the server has too much to do (429, 503).
        BUSY,
        FIRST_TOKEN_TIMEOUT,
        IDLE_TIMEOUT,
        /// It does not take the request: wrong key, model or address.
        REJECTED,
        /// Question and passages are more than it holds.
        TOO_LONG,
        /// It failed inside (5xx), or said so in mid-stream.
        SERVER_ERROR,
        /// What it sent is no answer: an HTML page, broken JSON, invalid UTF-8.
        MALFORMED,
        /// The answer broke off.
        TRUNCATED,
        /// It ended without a word.
        EMPTY;

        /// Part of a message key.
        public String key() {
            return "error.llm." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Whether the server had read what it was sent, as far as can be known.
        boolean meansItWasRead() {
            return switch (this) {
                case FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, TRUNCATED, EMPTY -> true;
                case UNREACHABLE, RESTING, BUSY, REJECTED, TOO_LONG, SERVER_ERROR, MALFORMED ->
                        false;
            };
        }

        /// Whether it says that the server is in trouble, not the request.
        boolean isOutage() {
            return switch (this) {
                case UNREACHABLE,
                        FIRST_TOKEN_TIMEOUT,
                        IDLE_TIMEOUT,
                        SERVER_ERROR,
                        MALFORMED,
                        TRUNCATED ->
                        true;
                case RESTING, BUSY, REJECTED, TOO_LONG, EMPTY -> false;
            };
        }
    }

    private final Code code;

    LlmFailure(Code code, String detail) {
        super(code + ": " + detail);
        this.code = code;
    }

    LlmFailure(Code code, String detail, Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /// What an exchange that ended with an exception means.
    static LlmFailure of(Throwable error) {
        Throwable cause =
                error instanceof CompletionException && error.getCause() != null
                        ? error.getCause()
                        : error;
        String detail = String.valueOf(cause);
        return switch (cause) {
            case LlmFailure known -> known;
            case ConnectException _, HttpTimeoutException _, UnresolvedAddressException _ ->
                    new LlmFailure(Code.UNREACHABLE, detail, cause);
            case IOException _ -> new LlmFailure(Code.TRUNCATED, detail, cause);
            default -> new LlmFailure(Code.SERVER_ERROR, detail, cause);
        };
    }

    public Code code() {
        return code;
    }
}
