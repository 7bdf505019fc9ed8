package io.zhiwen.system;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// What every reply says to the browser: nothing from elsewhere, nothing inline, no guessing of
/// types, no framing. A controller that sets its own policy first keeps it.
final class Headers {

    static final String CSP = "Content-Security-Policy";
    static final String PAGES =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " require-trusted-types-for 'script'; trusted-types zhiwen;"
                    + " connect-src 'self'; font-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";
    static final String PAGES_WITH_SOURCES = PAGES + "; frame-src 'self'";
    /// A browser's own PDF viewer does not open in a sandbox.
    static final String PDF =
            "script-src 'none'; object-src 'self'; form-action 'none'; base-uri 'none';"
                    + " frame-ancestors 'self'";
    /// The worker that draws PDF: it may compile its own decoders and fetch its own fonts.
    static final String DRAWER =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
    static final String FILES = "sandbox; default-src 'none'; frame-ancestors 'self'";
    static final String DATA = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
    static final String PERMISSIONS =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

    private Headers() {}

    static void ofPages(HeadersConfigurer<HttpSecurity> headers) {
        common(headers);
        headers.addHeaderWriter(
                (request, response) -> {
                    var path = Doors.path(request);
                    boolean file = path.startsWith("/files/");
                    setUnlessSet(CSP, policy(path, response)).writeHeaders(request, response);
                    response.setHeader("X-Frame-Options", file ? "SAMEORIGIN" : "DENY");
                });
    }

    static void ofServices(HeadersConfigurer<HttpSecurity> headers) {
        common(headers);
        headers.addHeaderWriter(setUnlessSet(CSP, DATA));
        headers.addHeaderWriter((_, response) -> response.setHeader("X-Frame-Options", "DENY"));
    }

    /// Shown by the sites of the widget, and by this one to try it.
    static void ofWidgets(HeadersConfigurer<HttpSecurity> headers) {
        common(headers);
        headers.addHeaderWriter(
                (request, response) ->
                        response.setHeader(
                                CSP,
                                PAGES.replace(
                                        "frame-ancestors 'none'",
                                        "frame-ancestors 'self' "
                                                + WidgetFilter.origins(request))));
    }

    private static void common(HeadersConfigurer<HttpSecurity> headers) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(allowed -> allowed.policy(PERMISSIONS));
    }

    private static String policy(String path, HttpServletResponse response) {
        if (path.startsWith("/files/")) {
            var type = response.getContentType();
            return type != null && type.startsWith("application/pdf") ? PDF : FILES;
        }
        if (path.startsWith("/assets/pdfjs/")) {
            return DRAWER;
        }
        if (path.equals("/chat")
                || path.startsWith("/chat/")
                || path.startsWith("/library/documents/")
                || path.startsWith("/admin/widgets/")) {
            return PAGES_WITH_SOURCES;
        }
        return Doors.isJson(path) ? DATA : PAGES;
    }

    private static HeaderWriter setUnlessSet(String name, String value) {
        return (HttpServletRequest _, HttpServletResponse response) -> {
            if (!response.containsHeader(name)) {
                response.setHeader(name, value);
            }
        };
    }
}
