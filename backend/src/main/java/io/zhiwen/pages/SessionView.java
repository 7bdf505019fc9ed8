package io.zhiwen.pages;

import io.zhiwen.account.OpenSession;
import io.zhiwen.account.OpenSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;

/// A browser that is signed in, as lists show it.
///
/// @param here whether it is the one that asks
record SessionView(String id, String begun, String begunText, String seenText, boolean here) {

    static List<SessionView> of(
            List<OpenSession> sessions, HttpServletRequest request, Locale locale) {
        var own = request.getSession(false);
        var here = own == null ? "" : OpenSessions.idOf(own.getId());
        var formats = new Formats(locale);
        return sessions.stream()
                .map(
                        one ->
                                new SessionView(
                                        one.id(),
                                        one.begun().toString(),
                                        formats.moment(one.begun()),
                                        formats.moment(one.seen()),
                                        one.id().equals(here)))
                .toList();
    }
}
