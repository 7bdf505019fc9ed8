package io.zhiwen.system;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/// Which door a path belongs to: services at `/api`,
/// at `/v1` those that speak to OpenAI, at `/mcp` agents, scripts of the pages at `/app`, and
/// pages.
final class Doors {

    /// For Prometheus, with a key.
    static final String METRICS = "/actuator/prometheus";

    /// Chats on other sites.
    static final String WIDGETS = "/widget";

    private Doors() {}

    static boolean isWidget(String path) {
        return path.startsWith(WIDGETS + "/");
    }

    static boolean isApi(String path) {
        return path.equals("/api")
                || path.startsWith("/api/")
                || path.equals("/mcp")
                || path.equals(METRICS)
                || isOpenAi(path);
    }

    /// Where errors are told as OpenAI tells them.
    static boolean isOpenAi(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    /// Where errors are told as Dify tells them.
    static boolean isDify(String path) {
        return path.startsWith("/api/dify/");
    }

    static boolean isScript(String path) {
        return path.equals("/app") || path.startsWith("/app/");
    }

    /// Whether errors are told as JSON.
    static boolean isJson(String path) {
        return isApi(path)
                || isScript(path)
                || path.startsWith("/actuator")
                || (isWidget(path) && path.endsWith("/ask"));
    }

    /// The path asked for, also while an error of it is handled.
    static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                ? original.substring(Math.min(request.getContextPath().length(), original.length()))
                : request.getServletPath();
    }
}
