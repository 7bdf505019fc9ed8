package io.zhiwen.source.s3;

import io.zhiwen.outgoing.Call;
import io.zhiwen.outgoing.Limits;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Has Amazon's client speak through the guard. It only reads, so each request is a `GET`;
/// redirects
/// are not followed.
record GuardedS3Http(OutgoingHttp http) implements SdkHttpClient {

    private static final Limits OF_LIST = new Limits(Duration.ofMinutes(2), 8L << 20, 0);
    private static final Limits OF_OBJECT = new Limits(Duration.ofMinutes(10), 4L << 30, 0);

    /// What the client below writes itself.
    private static final Set<String> NOT_PASSED =
            Set.of("host", "content-length", "transfer-encoding", "expect", "user-agent");

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Prepared(http, request.httpRequest());
    }

    @Override
    public String clientName() {
        return "Guarded";
    }

    @Override
    public void close() {
        // the way out belongs to all
    }

    private record Prepared(OutgoingHttp http, SdkHttpRequest request)
            implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            boolean list = request.firstMatchingRawQueryParameter("list-type").isPresent();
            Call call = Call.get(request.getUri(), headers(), list ? OF_LIST : OF_OBJECT);
            Reply reply = http.send(call);
            var response = HttpExecuteResponse.builder();
            response.response(
                    SdkHttpResponse.builder()
                            .statusCode(reply.status())
                            .headers(reply.headers())
                            .build());
            response.responseBody(AbortableInputStream.create(reply.body(), reply::close));
            return response.build();
        }

        private Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>();
            request.forEachHeader(
                    (name, values) -> {
                        if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                            headers.put(name, String.join(",", values));
                        }
                    });
            return headers;
        }

        @Override
        public void abort() {
            // what is on its way ends by its limits
        }
    }
}
