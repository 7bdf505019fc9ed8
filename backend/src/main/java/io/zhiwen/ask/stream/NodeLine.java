package io.zhiwen.ask.stream;

import java.util.ArrayList;
import java.util.List;

/// The line of one node by itself, in its memory.
final class NodeLine implements Line {

    private final List<Ticket> tickets = new ArrayList<>();
    private int count;

    NodeLine(int count) {
        this.count = count;
    }

    @Override
    public synchronized void enter(Ticket ticket) {
        add(ticket);
        settle();
    }

    @Override
    public synchronized void leave(Ticket ticket) {
        remove(ticket);
        settle();
    }

    @Override
    public synchronized int count() {
        return count;
    }

    @Override
    public synchronized int served() {
        return (int) tickets.stream().filter(Ticket::isServed).count();
    }

    @Override
    public synchronized int waiting() {
        return tickets.size() - served();
    }

    synchronized void count(int now) {
        count = now;
    }

    synchronized void add(Ticket ticket) {
        tickets.add(ticket);
    }

    synchronized void remove(Ticket ticket) {
        tickets.remove(ticket);
    }

    /// In the order they came.
    synchronized List<Ticket> tickets() {
        return List.copyOf(tickets);
    }

    /// Serves whose turn it is by the tickets of this node alone.
    synchronized void settle() {
        var places = Turns.places(tickets.stream().map(Ticket::standing).toList(), count);
        tickets.forEach(ticket -> ticket.stands(places.getOrDefault(ticket.id(), Ticket.UNKNOWN)));
    }
}
