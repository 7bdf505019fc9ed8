package io.zhiwen.source.place;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Whom a source tells what it holds.
public interface Look {

    /// How the thing at this address was when it was brought last; null when it never was.
    @Nullable String fingerprintOf(String address);

    /// There is such a thing. Its bytes are read before this returns, or not at all.
    ///
    /// @throws IOException when what is told cannot be kept; the source lets it pass
    void found(Thing thing) throws IOException, InterruptedException;

    /// Something is there that is not brought; what was brought from there before stays.
    void leftOut(String address, Reason reason, String detail) throws InterruptedException;

    /// Whether the first few things are enough, and soon: to try a place out.
    default boolean isGlance() {
        return false;
    }

    /// What is gone from the place stays here: somebody chose so.
    default void goneStays() {}

    /// There is more than was told of: nothing counts as gone.
    void incomplete(Reason reason);
}
