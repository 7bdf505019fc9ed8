package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// The line of all nodes before one model server. While the database does not say whose turn it is,
/// the node goes by its own tickets, so that nobody waits for a database that is away; the server
/// may then be asked for more at once than it has places, for as long as that lasts.
final class SharedLine implements Line {

    private static final Logger log = LoggerFactory.getLogger(SharedLine.class);

    /// Between two looks while somebody waits, in case a word of another node was lost.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// A fraction of the lease.
    private static final Duration RENEW = Duration.ofSeconds(3);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final UUID server;
    private final SlotLedger ledger;
    private final Duration patience;
    private final Runnable wake;
    private final NodeLine own;
    private boolean apart;
    private boolean changed;
    private long settledAt = System.nanoTime();
    private long triedAt = settledAt;

    /// @param patience what one that waits gives the database to say where it stands
    /// @param wake has the keeper see what is new
    SharedLine(UUID server, int count, SlotLedger ledger, Duration patience, Runnable wake) {
        this.server = server;
        this.ledger = ledger;
        this.patience = patience;
        this.wake = wake;
        this.own = new NodeLine(count);
    }

    @Override
    public void enter(Ticket ticket) {
        own.add(ticket);
        change();
    }

    @Override
    public void leave(Ticket ticket) {
        own.remove(ticket);
        change();
    }

    @Override
    public void waits(Ticket ticket) {
        synchronized (this) {
            boolean said = since(settledAt).compareTo(patience) < 0;
            if (apart || said || ticket.waited().compareTo(patience) < 0) {
                return;
            }
        }
        leaveToItself("the database does not say whose turn it is");
    }

    @Override
    public int count() {
        return own.count();
    }

    @Override
    public int served() {
        return own.served();
    }

    @Override
    public int waiting() {
        return own.waiting();
    }

    void count(int now) {
        own.count(now);
    }

    /// Somebody on another node came or left.
    synchronized void hear() {
        changed |= own.waiting() > 0;
    }

    synchronized boolean isDue() {
        if (apart) {
            return since(triedAt).compareTo(TRY_AGAIN) >= 0;
        }
        return changed
                || (own.waiting() > 0 && since(triedAt).compareTo(LOOK) >= 0)
                || (own.served() > 0 && since(triedAt).compareTo(RENEW) >= 0);
    }

    /// Tells the database what this node has and hears whose turn it is; for the keeper's thread.
    void settle() {
        synchronized (this) {
            changed = false;
            triedAt = System.nanoTime();
        }
        List<Ticket> tickets = own.tickets();
        try {
            Map<UUID, Integer> places = ledger.settle(server, own.count(), tickets);
            comeBack();
            tickets.forEach(
                    ticket -> ticket.stands(places.getOrDefault(ticket.id(), Ticket.UNKNOWN)));
        } catch (DataAccessException | TransactionException e) {
            leaveToItself(e.toString());
        }
    }

    private void change() {
        synchronized (this) {
            changed = true;
            if (apart) {
                own.settle();
                return;
            }
        }
        wake.run();
    }

    private synchronized void leaveToItself(String why) {
        if (!apart) {
            log.warn("this node goes by its own places at a model server: {}", why);
        }
        apart = true;
        own.settle();
    }

    private synchronized void comeBack() {
        if (apart) {
            log.info("the places at a model server are counted over all nodes again");
        }
        apart = false;
        settledAt = System.nanoTime();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
