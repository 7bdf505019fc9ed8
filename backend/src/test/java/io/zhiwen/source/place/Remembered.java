package io.zhiwen.source.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Remembers what a source told: by address the text of what is new or has changed, `same`, or the
/// reason why it was left out.
public final class Remembered implements Look {

    public final Map<String, String> told = new TreeMap<>();
    public final Map<String, String> fingerprints = new TreeMap<>();
    public final Map<String, Thing> things = new TreeMap<>();
    public @Nullable Reason incomplete;
    public boolean goneStays;
    public boolean glance;

    /// @return what was told this time
    public Map<String, String> of(Source source)
            throws SourceUnavailable, IOException, InterruptedException {
        told.clear();
        incomplete = null;
        goneStays = false;
        try (source) {
            source.each(this);
        }
        return told;
    }

    @Override
    public @Nullable String fingerprintOf(String address) {
        return fingerprints.get(address);
    }

    @Override
    public boolean isGlance() {
        return glance;
    }

    @Override
    public void found(Thing thing) throws IOException, InterruptedException {
        things.put(thing.address(), thing);
        if (glance) {
            told.put(thing.address(), "seen");
            return;
        }
        if (thing.fingerprint().equals(fingerprints.get(thing.address()))) {
            told.put(thing.address(), "same");
            return;
        }
        try (var bytes = thing.content().open()) {
            told.put(thing.address(), new String(bytes.readAllBytes(), UTF_8));
            fingerprints.put(thing.address(), thing.fingerprint());
        } catch (LeftOut e) {
            told.put(thing.address(), e.reason().name());
        }
    }

    @Override
    public void leftOut(String address, Reason reason, String detail) {
        told.put(address, reason.name());
    }

    @Override
    public void goneStays() {
        goneStays = true;
    }

    @Override
    public void incomplete(Reason reason) {
        incomplete = reason;
    }
}
