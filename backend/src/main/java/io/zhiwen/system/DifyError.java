package io.zhiwen.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/// A failure as Dify reads it from external knowledge: its three codes, and the status for what has
/// none.
record DifyError(@JsonProperty("error_code") int code, @JsonProperty("error_msg") String message) {

    private static final int NO_BEARER = 1001;
    private static final int NOT_AUTHORISED = 1002;
    private static final int NO_SUCH_KNOWLEDGE = 2001;
    private static final String SCHEME = "bearer ";

    static DifyError of(HttpServletRequest request, HttpStatusCode status, String detail) {
        return new DifyError(
                switch (status.value()) {
                    case 401, 403 -> isBearer(request) ? NOT_AUTHORISED : NO_BEARER;
                    case 404 -> NO_SUCH_KNOWLEDGE;
                    default -> status.value();
                },
                detail);
    }

    /// Dify tells a wrong key by 403 alone.
    static HttpStatus status(HttpStatus status) {
        return status == HttpStatus.UNAUTHORIZED ? HttpStatus.FORBIDDEN : status;
    }

    private static boolean isBearer(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
