package io.zhiwen.webhook;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// What somebody wants to be told, and where.
///
/// @param bases of which; empty for all of them
public record WebhookWish(
        String name, String url, Set<Webhook.Event> events, Set<KnowledgeBaseId> bases) {

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_URL = 2000;

    public WebhookWish {
        name = name.strip();
        url = url.strip();
        events = Set.copyOf(events);
        bases = Set.copyOf(bases);
    }

    void check() {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new WebhookRefused(WebhookRefused.Reason.NO_NAME);
        }
        if (url.length() > LONGEST_URL || !isWeb(url)) {
            throw new WebhookRefused(WebhookRefused.Reason.NO_ADDRESS);
        }
        if (events.isEmpty()) {
            throw new WebhookRefused(WebhookRefused.Reason.NO_EVENT);
        }
    }

    private static boolean isWeb(String url) {
        try {
            var uri = new URI(url).parseServerAuthority();
            var scheme = uri.getScheme();
            return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
