package io.zhiwen.ask.stream;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which model servers admins have registered, as of now.
@FunctionalInterface
public interface ModelDirectory {

    /// None at all.
    ModelDirectory EMPTY = () -> new Registered(List.of(), null, Map.of(), Map.of());

    /// @param standard the id of the one that writes where nothing else is chosen
    /// @param chosen which one writes for a base, by its id
    /// @param ofAssistants which one writes for an assistant, by its id
    record Registered(
            List<ModelServer> servers,
            @Nullable UUID standard,
            Map<KnowledgeBaseId, UUID> chosen,
            Map<UUID, UUID> ofAssistants) {
        public Registered {
            servers = List.copyOf(servers);
            chosen = Map.copyOf(chosen);
            ofAssistants = Map.copyOf(ofAssistants);
        }
    }

    Registered read();
}
