package io.zhiwen.system;

import io.zhiwen.account.SignIn;
import io.zhiwen.account.SignedIn;
import java.time.InstantSource;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/// The sign-in form's way to `SignIn`.
final class SignInProvider implements AuthenticationProvider {

    private final SignIn signIn;
    private final InstantSource clock;

    SignInProvider(SignIn signIn, InstantSource clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var address =
                attempt.getDetails() instanceof WebAuthenticationDetails details
                        ? details.getRemoteAddress()
                        : "";
        var password = attempt.getCredentials() instanceof String text ? text : "";
        return switch (signIn.attempt(attempt.getName(), password, address)) {
            case SignIn.Outcome.Welcome(var current) -> SignedIn.as(current, clock.instant());
            case SignIn.Outcome.Refused() -> throw new BadCredentialsException("refused");
            case SignIn.Outcome.Throttled() -> throw new LockedException("throttled");
        };
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
