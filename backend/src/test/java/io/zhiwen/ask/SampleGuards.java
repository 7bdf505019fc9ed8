package io.zhiwen.ask;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.forbid.Forbidden;
import io.zhiwen.ask.forbid.Guard;
import io.zhiwen.ask.forbid.Guards;
import io.zhiwen.ask.forbid.Hit;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Rules in memory, and who came upon them.
final class SampleGuards implements Guards {

    final Map<KnowledgeBaseId, Forbidden> rules = new HashMap<>();
    final List<String> came = new ArrayList<>();
    private final Encoders encoders;

    SampleGuards(Encoders encoders) {
        this.encoders = encoders;
    }

    @Override
    public Guard of(Scope scope) {
        return Guard.of(rules, encoders);
    }

    @Override
    public void came(String asker, Hit hit, boolean answered, UUID answer) {
        came.add((answered ? "answer: " : "question: ") + hit.kind() + " " + hit.rule());
    }
}
