package io.zhiwen.system;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/// The last stop of what failed outside the controllers: a problem for programs, a page for people,
/// without a stack trace or a path for either.
@Controller
class ErrorPages implements ErrorController {

    private static final Set<Integer> OWN_PAGE = Set.of(403, 404, 413, 429, 500);

    private final Problems problems;

    ErrorPages(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("${server.error.path:/error}")
    @Nullable ModelAndView error(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var failure = failure(request);
        var status = HttpStatus.valueOf(failure.status().value());
        failure.headers().forEach((name, values) -> response.setHeader(name, values.getFirst()));
        if (Doors.isJson(Doors.path(request))) {
            problems.write(request, response, status, failure.code(), failure.detail());
            return null;
        }
        return new ModelAndView(
                OWN_PAGE.contains(status.value()) ? "error/" + status.value() : "error",
                Map.of("status", status.value(), "traceId", RequestIds.of(request)),
                status);
    }

    /// What a filter threw is told as if a controller had: it met the same database.
    private static Failure failure(HttpServletRequest request) {
        var cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (cause instanceof ServletException wrapped && wrapped.getCause() != null) {
            cause = wrapped.getCause();
        }
        var known = cause instanceof Exception thrown ? Failures.of(thrown) : null;
        return known == null ? Failures.byStatus(status(request)) : known;
    }

    private static HttpStatus status(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code) {
            var status = HttpStatus.resolve(code);
            return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
        }
        return HttpStatus.NOT_FOUND;
    }
}
