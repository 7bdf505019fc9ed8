package io.zhiwen.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/// A principal inside Spring Security: `getPrincipal()` is ours. Sessions hold one with the number
/// of the credentials it came in by; it is compared with the database at each request.
public final class SignedIn extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final Principal principal;
    private final int credentials;
    private final boolean oneTimePassword;
    private final Instant since;

    private SignedIn(Principal principal, int credentials, boolean oneTimePassword, Instant since) {
        super(List.of(new SimpleGrantedAuthority("ROLE_" + role(principal))));
        this.principal = principal;
        this.credentials = credentials;
        this.oneTimePassword = oneTimePassword;
        this.since = since;
        setAuthenticated(true);
    }

    /// @param since when the password was given
    public static SignedIn as(Users.Current current, Instant since) {
        return new SignedIn(
                current.user(), current.credentials(), current.oneTimePassword(), since);
    }

    public static SignedIn as(Principal.Key key) {
        return new SignedIn(key, 0, false, Instant.EPOCH);
    }

    /// Signs a person in without a password: after set-up, and right after
    /// `Users.changePassword`, which ends all of their sessions. The session gets a new id.
    public static void start(
            Users users,
            Principal.User user,
            Instant since,
            HttpServletRequest request,
            HttpServletResponse response) {
        var current =
                users.current(user.id())
                        .orElseThrow(() -> new AccountRefused(AccountRefused.Reason.NO_SUCH_USER));
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(as(current, since));
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }

    private static String role(Principal principal) {
        return switch (principal) {
            case Principal.User user -> user.isAdmin() ? "ADMIN" : "MEMBER";
            case Principal.Key _ -> "KEY";
        };
    }

    @Override
    public Principal getPrincipal() {
        return principal;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public String getName() {
        return principal.label();
    }

    public int credentials() {
        return credentials;
    }

    public boolean oneTimePassword() {
        return oneTimePassword;
    }

    public Instant since() {
        return since;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that
                && principal.equals(that.principal)
                && credentials == that.credentials
                && since.equals(that.since);
    }

    @Override
    public int hashCode() {
        return Objects.hash(principal, credentials, since);
    }
}
