package io.zhiwen.ask;

/// Says by which profile questions are answered now. One answer asks it once, so that it is made by
/// one profile from its beginning to its end. Safe for concurrent use.
@FunctionalInterface
public interface LiveProfile {

    Profile now();
}
