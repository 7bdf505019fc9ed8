package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.stereotype.Component;

/// A base about Zhiwen itself, in Chinese and English, so that a newcomer has something to ask.
@Component
final class SampleBase {

    static final String NAME = "知问示例 Zhiwen sample";

    static final List<String> FILES =
            List.of("知问入门.md", "引用与核对.txt", "Using Zhiwen.md", "Running Zhiwen.html");

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
        for (String file : FILES) {
            try (InputStream bytes = SampleBase.class.getResourceAsStream(file)) {
                if (bytes == null) {
                    throw new IllegalStateException(file + " is not in this build");
                }
                uploads.upload(principal, base.id(), file, bytes);
            }
        }
        return bases.one(access.everythingFor(principal), base.id()).orElse(base);
    }
}
