package io.zhiwen.operate;

import java.time.Duration;

/// A server outside of Zhiwen that a setting of its environment names. Safe for concurrent use.
public interface OutsideServer {

    /// What it is for, in one word of lower case letters: part of addresses and of keys of words.
    String name();

    /// The setting that names it, e.g. `zhiwen.embedding.url`.
    String setting();

    String address();

    /// Asks it once for what it is there for.
    ///
    /// @return what it gave, in a few words; empty where there is nothing to say
    /// @throws RuntimeException of several kinds when it does not give it; the message says why
    String ask();

    /// What became of a try.
    ///
    /// @param well whether it gave what it is there for
    /// @param said what it gave, or why it gave nothing, as the machine says it
    record Trial(boolean well, Duration took, String said) {}
}
