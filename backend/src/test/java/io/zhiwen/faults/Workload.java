package io.zhiwen.faults;

import io.zhiwen.faults.Journal.Kind;
import io.zhiwen.faults.Journal.Outcome;
import io.zhiwen.journey.Rest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A client that uploads, replaces and deletes, one request after the other, and repeats what was
/// not answered, mostly; now and then it gives up and never learns what became of it.
final class Workload {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int TOO_MANY_REQUESTS = 429;

    private final Supplier<Rest> rest;
    private final String base;
    private final Journal journal;
    private final Random random;
    private final List<Slot> slots = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private int left;

    /// @param rest asked anew for each request, so that it may be another node each time
    Workload(Supplier<Rest> rest, String base, Journal journal, Random random) {
        this.rest = rest;
        this.base = base;
        this.journal = journal;
        this.random = random;
    }

    List<Slot> slots() {
        return slots;
    }

    /// Replies that no fault explains.
    List<String> surprises() {
        return surprises;
    }

    /// Does one thing after the other while `goesOn`, at most so many that are new.
    void run(BooleanSupplier goesOn, int things) throws InterruptedException {
        left = things;
        while (goesOn.getAsBoolean()) {
            if (isDone() || !step()) {
                Thread.sleep(50);
            }
            Thread.sleep(random.nextInt(60));
        }
    }

    private boolean isDone() {
        return left <= 0 && slots.stream().allMatch(slot -> slot.pending == null);
    }

    /// Sends again what has no answer, until all has.
    void settle() throws InterruptedException {
        for (Slot slot : slots) {
            while (slot.pending != null && !send(slot)) {
                Thread.sleep(200);
            }
        }
    }

    /// @return false when it was not answered
    boolean step() throws InterruptedException {
        for (Slot slot : slots) {
            if (slot.pending != null) {
                if (random.nextInt(100) < 3) {
                    abandon(slot);
                } else {
                    return send(slot);
                }
            }
        }
        left--;
        List<Slot> open = slots.stream().filter(slot -> !slot.isClosed()).toList();
        int what = random.nextInt(100);
        if (open.isEmpty() || what < 55) {
            return upload();
        }
        Slot slot = open.get(random.nextInt(open.size()));
        return what < 77 ? replace(slot) : delete(slot);
    }

    boolean upload() throws InterruptedException {
        Slot slot = new Slot("f%05d.txt".formatted(NAMES.incrementAndGet()));
        slots.add(slot);
        return begin(slot, Kind.UPLOAD, slot.name.replace(".txt", "v1"));
    }

    boolean replace(Slot slot) throws InterruptedException {
        int version = 1 + slot.acknowledged.size() + slot.abandoned.size();
        return begin(slot, Kind.REPLACE, slot.name.replace(".txt", "v" + version));
    }

    boolean delete(Slot slot) throws InterruptedException {
        return begin(slot, Kind.DELETE, "");
    }

    private boolean begin(Slot slot, Kind kind, String version) throws InterruptedException {
        byte[] content =
                kind == Kind.DELETE ? new byte[0] : Texts.document(version, 1 + random.nextInt(14));
        slot.words.put(Texts.sha256(content), Texts.word(version, 0));
        slot.pending = new Slot.Pending(kind, UUID.randomUUID().toString(), version, content);
        return send(slot);
    }

    private boolean send(Slot slot) throws InterruptedException {
        Slot.Pending pending = slot.pending;
        String hash = Texts.sha256(pending.content());
        try {
            switch (pending.kind()) {
                case UPLOAD ->
                        slot.document =
                                rest.get()
                                        .upload(base, slot.name, pending.content(), pending.key());
                case REPLACE ->
                        rest.get()
                                .replace(
                                        slot.document, slot.name, pending.content(), pending.key());
                case DELETE -> rest.get().delete(slot.document, pending.key());
            }
        } catch (IOException e) {
            note(slot, pending, Outcome.UNKNOWN, e.toString());
            return false;
        } catch (Rest.Unexpected e) {
            if (e.status() >= 500 || e.status() == TOO_MANY_REQUESTS) {
                note(slot, pending, Outcome.UNKNOWN, String.valueOf(e.getMessage()));
                if (e.status() != 503 && e.status() != TOO_MANY_REQUESTS) {
                    surprises.add(slot.name + " " + pending.kind() + ": " + e.getMessage());
                }
                return false;
            }
            surprises.add(slot.name + " " + pending.kind() + ": " + e.getMessage());
            note(slot, pending, Outcome.FAIL, String.valueOf(e.getMessage()));
            abandon(slot);
            return true;
        }
        note(slot, pending, Outcome.OK, "");
        slot.pending = null;
        if (pending.kind() == Kind.DELETE) {
            slot.deleted = Slot.Deleted.YES;
        } else {
            slot.acknowledged.add(hash);
        }
        return true;
    }

    private static void abandon(Slot slot) {
        if (slot.pending.kind() == Kind.DELETE) {
            slot.deleted = Slot.Deleted.MAYBE;
        } else {
            slot.abandoned.add(Texts.sha256(slot.pending.content()));
        }
        slot.pending = null;
    }

    private void note(Slot slot, Slot.Pending pending, Outcome outcome, String told) {
        journal.write(
                new Journal.Entry(
                        pending.kind(),
                        slot.name,
                        pending.key(),
                        Texts.sha256(pending.content()),
                        outcome,
                        slot.document,
                        told));
    }
}
