package io.zhiwen.outgoing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Asks an address that a person gave. The host is looked up once, by the guard, and the connection
/// goes to what it found; each redirect is checked the same way. No proxy, no cookies, no
/// credentials but those of the call, and no more bytes and seconds than it allows. Safe for
/// concurrent use.
@Component
public final class OutgoingHttp implements AutoCloseable {

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout SILENCE = Timeout.ofSeconds(30);
    private static final int AT_ONCE = 50;
    private static final int AT_ONCE_A_HOST = 8;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outgoing-deadlines").daemon().factory());

    public OutgoingHttp(AddressGuard guard) {
        this.client =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setDnsResolver(new Guarded(guard))
                                        .setMaxConnTotal(AT_ONCE)
                                        .setMaxConnPerRoute(AT_ONCE_A_HOST)
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(CONNECT)
                                                        .setSocketTimeout(SILENCE)
                                                        .build())
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(SILENCE)
                                        .setResponseTimeout(SILENCE)
                                        .build())
                        .setUserAgent("Zhiwen")
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableAutomaticRetries()
                        .build();
    }

    /// Waits for the head of the answer; the caller reads its body and closes it.
    ///
    /// @throws ForbiddenAddress when the address, or one it leads to, may not be reached
    /// @throws InterruptedIOException when it takes too long
    public Reply send(Call call) throws IOException {
        long until = System.nanoTime() + call.limits().whole().toNanos();
        Call next = call;
        for (int followed = 0; ; followed++) {
            Reply reply = once(next, until);
            URI to = target(next, reply);
            if (to == null) {
                return reply;
            }
            reply.close();
            if (followed == call.limits().redirects()) {
                throw new IOException("more than " + followed + " redirects");
            }
            next = next.at(to);
        }
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }

    private Reply once(Call call, long until) throws IOException {
        var request = new HttpUriRequestBase(call.method(), checked(call.uri()));
        call.headers().forEach(request::setHeader);
        byte[] body = call.body();
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        Duration left = Duration.ofNanos(until - System.nanoTime());
        if (left.isNegative()) {
            throw new InterruptedIOException("took too long");
        }
        ScheduledFuture<?> deadline =
                deadlines.schedule(request::cancel, left.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(null, request, null);
            return new Reply(call.uri(), request, response, deadline, call.limits().bytes());
        } catch (IOException e) {
            deadline.cancel(false);
            if (request.isCancelled()) {
                var late = new InterruptedIOException("took too long");
                late.initCause(e);
                throw late;
            }
            throw e;
        }
    }

    /// Where a reply sends on to; null when it is the answer.
    private static @Nullable URI target(Call call, Reply reply) throws IOException {
        String location = reply.header("Location").orElse(null);
        if (location == null
                || call.limits().redirects() == 0
                || !call.mayBeRedirected()
                || !REDIRECTS.contains(reply.status())) {
            return null;
        }
        try {
            return checked(call.uri().resolve(location.strip().replace(" ", "%20")));
        } catch (IllegalArgumentException e) {
            throw new IOException("redirects to no address: " + location, e);
        }
    }

    private static URI checked(URI uri) throws IOException {
        String scheme = uri.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IOException("only http:// and https:// addresses without a name in them");
        }
        return uri;
    }

    /// What the client connects to is what the guard found.
    private record Guarded(AddressGuard guard) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
