package io.zhiwen.ask.stream;

/// A chat model as an operator sees it.
///
/// @param url without a user, a query or anything else that may be secret
/// @param slots for all nodes together
/// @param used slots in use by this node
/// @param waiting questions of this node in line for one
public record ModelState(String url, String model, Rest rest, int slots, int used, int waiting) {

    /// Whether the server is asked.
    public enum Rest {
        ASKED,
        /// It failed several times in a row and is left alone for a while.
        RESTING,
        /// One request tries whether it is back.
        TRYING
    }

    /// Whether it can be asked something that nobody has to wait for.
    boolean hasTime() {
        return rest == Rest.ASKED && used < slots && waiting == 0;
    }
}
