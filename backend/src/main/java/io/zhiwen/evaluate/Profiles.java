package io.zhiwen.evaluate;

import io.zhiwen.ask.retrieve.RetrievalProfile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The retrieval profiles that can be evaluated by name.
final class Profiles {

    static final String DEFAULT = "default";

    private static final Map<String, RetrievalProfile> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put(DEFAULT, RetrievalProfile.DEFAULT);
        NAMED.put("without-rerank", RetrievalProfile.DEFAULT.withoutRerank());
    }

    private Profiles() {}

    static Optional<RetrievalProfile> named(String name) {
        return Optional.ofNullable(NAMED.get(name));
    }

    static String names() {
        return String.join(", ", NAMED.keySet());
    }

    /// The same with all the time it wants: a figure must not depend on the machine's load.
    static RetrievalProfile patient(RetrievalProfile profile) {
        return profile.patient(Duration.ofMinutes(5));
    }
}
