package io.zhiwen.ask.stream;

/// Those who have or want a place at one model server. Safe for concurrent use.
interface Line {

    /// Puts a ticket at the end; it may be served at once.
    void enter(Ticket ticket);

    /// Gives back its place, at the server or in line.
    void leave(Ticket ticket);

    /// Is told now and then by one that waits.
    default void waits(Ticket ticket) {}

    /// How many are served at once.
    int count();

    /// How many of this node are served.
    int served();

    /// How many of this node wait.
    int waiting();
}
