package io.zhiwen.source;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.BlobStoreUnavailable;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.NoRoom;
import io.zhiwen.ingest.upload.UploadTooLarge;
import io.zhiwen.library.BroughtDocuments;
import io.zhiwen.library.BroughtDocuments.Brought;
import io.zhiwen.library.BroughtDocuments.Named;
import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.Thing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/// One reading of one source. Each thing is brought in a transaction of its own, which also
/// remembers it: killed between two, the next attempt goes on where this one was, and nothing is
/// lost or there twice.
final class Sync implements Look {

    private static final int LONGEST_ADDRESS = 2000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern ODD = Pattern.compile("\\p{Cntrl}|(^|/)\\.\\.(/|$)");

    private final Claim claim;
    private final Claims claims;
    private final SourceItems items;
    private final BroughtDocuments documents;
    private final TransactionOperations transaction;
    private final Map<String, Item> known;
    private final Set<String> told;
    private final Set<String> seen = new HashSet<>();

    /// Fingerprints of what a try found at new addresses, and did not read.
    private final Set<String> unread = new HashSet<>();

    /// How many; files of one moment may have one fingerprint.
    private int strange;

    private @Nullable Reason incomplete;
    private boolean goneStays;
    private final AtomicInteger same = new AtomicInteger();

    Sync(
            Claim claim,
            Claims claims,
            SourceItems items,
            BroughtDocuments documents,
            TransactionOperations transaction) {
        this.claim = claim;
        this.claims = claims;
        this.items = items;
        this.documents = documents;
        this.transaction = transaction;
        this.known = items.of(claim.source());
        this.told = claims.told(claim);
    }

    /// Things so far that are as they were.
    int same() {
        return same.get();
    }

    /// @return why what is gone was not taken away; null when it was, or nothing is gone
    /// @throws UncheckedIOException when the fault is of the disk or the store of originals
    @Nullable Reason run(Source source)
            throws SourceUnavailable, IOException, InterruptedException {
        source.each(this);
        return incomplete != null || goneStays ? incomplete : takeAway();
    }

    @Override
    public @Nullable String fingerprintOf(String address) {
        Item item = known.get(address);
        return item == null ? null : item.fingerprint();
    }

    @Override
    public void found(Thing thing) throws IOException, InterruptedException {
        String address = thing.address();
        if (address.length() > LONGEST_ADDRESS) {
            leftOut(address, Reason.LONG_ADDRESS, address.length() + " characters");
            return;
        }
        if (ODD.matcher(address).find()) {
            leftOut(address, Reason.ODD_ADDRESS, "control characters, or steps upwards");
            return;
        }
        if (!seen.add(address)) {
            return;
        }
        Item before = known.get(address);
        if (before != null && before.fingerprint().equals(thing.fingerprint())) {
            asBefore(before);
        } else if (claim.mode() == Mode.TRY) {
            if (before == null) {
                unread.add(thing.fingerprint());
                strange++;
            }
            tell(address, before == null ? What.ADDED : What.CHANGED, null, null, null);
        } else {
            bring(thing, before);
        }
    }

    @Override
    public void leftOut(String address, Reason reason, String detail) {
        seen.add(address);
        String shown = address.substring(0, Math.min(address.length(), LONGEST_ADDRESS));
        tell(CONTROL.matcher(shown).replaceAll("\ufffd"), What.LEFT_OUT, reason, detail, null);
    }

    @Override
    public void goneStays() {
        goneStays = true;
    }

    @Override
    public void incomplete(Reason reason) {
        incomplete = reason;
    }

    private void asBefore(Item item) {
        if (item.document() == null) {
            tell(item.address(), What.LEFT_OUT, Reason.DELETED_HERE, null, null);
        } else if (!told.contains(item.address())) {
            same.incrementAndGet();
        }
    }

    private void bring(Thing thing, @Nullable Item before)
            throws IOException, InterruptedException {
        BlobStore.Stored stored;
        try (InputStream bytes = thing.content().open()) {
            stored = documents.keep(bytes);
        } catch (LeftOut e) {
            leftOut(thing.address(), e.reason(), e.detail());
            return;
        } catch (UploadTooLarge e) {
            leftOut(thing.address(), Reason.TOO_LARGE, "more than " + e.limit() + " bytes");
            return;
        } catch (NoRoom | BlobStoreUnavailable e) {
            throw new UncheckedIOException(e);
        }
        if (stored.bytes() == 0) {
            leftOut(thing.address(), Reason.EMPTY, "no bytes");
            return;
        }
        transaction.executeWithoutResult(
                _ -> {
                    claims.hold(claim);
                    try {
                        keep(thing, before, stored);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private void keep(Thing thing, @Nullable Item before, BlobStore.Stored stored)
            throws IOException {
        String address = thing.address();
        String sha256 = stored.sha256().hex();
        if (before != null && before.document() != null && before.sha256().equals(sha256)) {
            items.same(claim.source(), address, thing.fingerprint());
            same.incrementAndGet();
            return;
        }
        URI link = thing.link();
        var named = new Named(thing.name(), link == null ? null : link.toString());
        Brought brought = into(before, named, stored, address);
        items.put(
                claim.source(),
                new Item(address, brought.document(), brought.made(), thing.fingerprint(), sha256),
                named);
        claims.tell(
                claim,
                address,
                before == null ? What.ADDED : What.CHANGED,
                null,
                null,
                brought.document());
    }

    /// A document that is this thing's alone gets a new version; else there is another one.
    private Brought into(
            @Nullable Item before, Named named, BlobStore.Stored stored, String address)
            throws IOException {
        DocumentId old = before == null ? null : before.document();
        if (before != null && old != null && before.made()) {
            if (items.otherwise(claim.source(), address, old).isEmpty()) {
                documents.replace(claim.into(), old, named, stored);
                return new Brought(old, true);
            }
            letGo(before);
        }
        Brought brought = documents.add(claim.into(), named, stored);
        return new Brought(brought.document(), brought.made() || items.isMade(brought.document()));
    }

    /// The safety stop: a place that lists nothing, or has lost more than half of its things, is
    /// taken for unwell.
    private @Nullable Reason takeAway() {
        List<Item> gone =
                known.values().stream().filter(item -> !seen.contains(item.address())).toList();
        long there = known.values().stream().filter(item -> item.document() != null).count();
        Set<DocumentId> elsewhere = moved();
        long lost =
                gone.stream()
                        .filter(item -> item.document() != null)
                        .filter(item -> !elsewhere.contains(item.document()))
                        .filter(item -> !unread.contains(item.fingerprint()))
                        .count();
        Reason doubt =
                claim.mode() == Mode.ACCEPT || lost == 0
                        ? null
                        : seen.isEmpty()
                                ? Reason.NOTHING_LISTED
                                : lost * 2 > there ? bulk(lost, there) : null;
        for (Item item : gone) {
            if (doubt != null) {
                tell(item.address(), What.MISSING, doubt, null, item.document());
            } else if (claim.mode() == Mode.TRY) {
                tell(item.address(), What.DELETED, null, null, item.document());
            } else {
                delete(item);
            }
        }
        documents.removed();
        return doubt;
    }

    /// A try reads nothing: what is gone may be what it found at new addresses, under a new name.
    private Reason bulk(long lost, long there) {
        boolean renamed = (lost - strange) * 2 <= there;
        return renamed ? Reason.GONE_OR_RENAMED : Reason.GONE_IN_BULK;
    }

    /// Documents of what is there, also of what has another address now.
    private Set<DocumentId> moved() {
        return items.of(claim.source()).values().stream()
                .filter(item -> seen.contains(item.address()))
                .flatMap(item -> Stream.ofNullable(item.document()))
                .collect(Collectors.toSet());
    }

    private void delete(Item item) {
        transaction.executeWithoutResult(
                _ -> {
                    claims.hold(claim);
                    letGo(item);
                    items.remove(claim.source(), item.address());
                    claims.tell(claim, item.address(), What.DELETED, null, null, null);
                });
    }

    /// The document goes, unless a person brought it or another thing has the same bytes: then it
    /// is
    /// called after that one.
    private void letGo(Item item) {
        DocumentId document = item.document();
        if (document == null || !item.made()) {
            return;
        }
        items.otherwise(claim.source(), item.address(), document)
                .ifPresentOrElse(
                        other -> documents.rename(document, other),
                        () -> documents.remove(claim.into(), document));
    }

    private void tell(
            String address,
            What what,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable DocumentId document) {
        transaction.executeWithoutResult(
                _ -> {
                    claims.hold(claim);
                    claims.tell(claim, address, what, reason, detail, document);
                });
    }
}
