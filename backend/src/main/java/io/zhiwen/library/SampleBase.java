package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.stereotype.Component;

/// A base about Zhiwen itself, in Chinese and English, so that a newcomer has something to ask.
@Component
final class SampleBase {

    static final String NAME = "知问示例 Zhiwen sample";

    /// By resource, because not every file system takes every name.
    private static final Map<String, String> FILES =
            Map.of(
                    "sample-start.md", "知问入门.md",
                    "sample-citations.txt", "答案与引用.txt",
                    "sample-using.md", "Using Zhiwen.md",
                    "sample-running.html", "Running Zhiwen.html");

    private final Bases bases;
    private final Uploads uploads;
    private final Access access;

    SampleBase(Bases bases, Uploads uploads, Access access) {
        this.bases = bases;
        this.uploads = uploads;
        this.access = access;
    }

    KnowledgeBase load(Principal principal) throws IOException {
        NotAllowed.unlessAdmin(principal, "load the sample");
        KnowledgeBase base =
                bases.all(access.everythingFor(principal)).stream()
                        .filter(known -> known.name().equals(NAME))
                        .findFirst()
                        .orElseGet(() -> bases.create(principal, NAME));
        for (var file : FILES.entrySet()) {
            try (InputStream bytes = SampleBase.class.getResourceAsStream(file.getKey())) {
                if (bytes == null) {
                    throw new IllegalStateException(file.getKey() + " is not in this build");
                }
                uploads.upload(
                        principal, base.id(), null, file.getValue(), bytes, SameName.VERSION);
            }
        }
        return bases.one(access.everythingFor(principal), base.id()).orElse(base);
    }
}
