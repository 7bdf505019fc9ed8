package io.zhiwen.pages;

import io.zhiwen.settings.SettingRow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// What the admins have to say to everybody who is signed in. A browser keeps which one was put
/// away; said anew, it is another.
///
/// @param id of this one
record Announcement(String id, String text) {

    private static final String COOKIE = "zw_announcement";
    private static final Duration KEPT = Duration.ofDays(400);

    /// @return null when there is none, or this browser put it away
    static @Nullable Announcement shown(SettingRow row, HttpServletRequest request) {
        if (row.value().isEmpty()) {
            return null;
        }
        var one = new Announcement(id(row), row.value());
        var kept = WebUtils.getCookie(request, COOKIE);
        return kept != null && kept.getValue().equals(one.id()) ? null : one;
    }

    private static String id(SettingRow row) {
        String said = row.changedAt() + " " + row.value();
        return UUID.nameUUIDFromBytes(said.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static void putAway(UUID id, HttpServletRequest request, HttpServletResponse response) {
        var kept =
                ResponseCookie.from(COOKIE, id.toString())
                        .path("/")
                        .sameSite("Lax")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .maxAge(KEPT)
                        .build();
        response.addHeader(HttpHeaders.SET_COOKIE, kept.toString());
    }
}
