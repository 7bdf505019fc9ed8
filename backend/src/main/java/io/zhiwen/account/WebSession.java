package io.zhiwen.account;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/// A browser's session as one request sees it. For one thread.
final class WebSession implements Session {

    private final Map<String, Object> attributes;
    private final Instant createdAt;
    private final Instant seenAt;
    private final Duration idle;
    private String id;
    private @Nullable String storedId;
    private boolean changed;

    private WebSession(
            String id,
            @Nullable String storedId,
            Map<String, Object> attributes,
            Instant createdAt,
            Instant seenAt,
            Duration idle) {
        this.id = id;
        this.storedId = storedId;
        this.attributes = new HashMap<>(attributes);
        this.createdAt = createdAt;
        this.seenAt = seenAt;
        this.idle = idle;
    }

    static WebSession begun(Instant now, Duration idle) {
        return new WebSession(Secrets.random256(), null, Map.of(), now, now, idle);
    }

    static WebSession stored(
            String id,
            Map<String, Object> attributes,
            Instant createdAt,
            Instant seenAt,
            Duration idle) {
        return new WebSession(id, id, attributes, createdAt, seenAt, idle);
    }

    /// Under which it lies in the database; null before it does.
    @Nullable String storedId() {
        return storedId;
    }

    /// Whether what lies in the database is another.
    boolean isChanged() {
        return changed;
    }

    void saved() {
        storedId = id;
        changed = false;
    }

    Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String changeSessionId() {
        id = Secrets.random256();
        changed = true;
        return id;
    }

    /// The caller names the type, as `HttpSession` does.
    @Override
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    public <T> T getAttribute(String name) {
        return (T) attributes.get(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return Set.copyOf(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
        } else {
            attributes.put(name, value);
            changed = true;
        }
    }

    @Override
    public void removeAttribute(String name) {
        changed |= attributes.remove(name) != null;
    }

    @Override
    public Instant getCreationTime() {
        return createdAt;
    }

    /// Each request says so; the database is told once a minute.
    @Override
    public void setLastAccessedTime(Instant now) {}

    @Override
    public Instant getLastAccessedTime() {
        return seenAt;
    }

    /// The same for all.
    @Override
    public void setMaxInactiveInterval(Duration interval) {}

    @Override
    public Duration getMaxInactiveInterval() {
        return idle;
    }

    /// The database gives out none that is.
    @Override
    public boolean isExpired() {
        return false;
    }
}
