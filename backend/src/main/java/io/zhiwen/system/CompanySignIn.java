package io.zhiwen.system;

import io.zhiwen.account.DirectoryPerson;
import io.zhiwen.account.DirectorySignIn;
import io.zhiwen.account.OidcSettings;
import io.zhiwen.account.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/// The way in by the company's own OpenID provider: there, with PKCE, and back with a code. What
/// comes of it is a person of ours, as with a password; no token of theirs is kept.
final class CompanySignIn {

    static final String BACK = "/sign-in/company/back";

    private static final String THERE = "/sign-in";
    private static final Logger log = LoggerFactory.getLogger(CompanySignIn.class);

    private final OidcSettings settings;
    private final DirectorySignIn people;
    private final InstantSource clock;
    private final CompanyDirectory directory;

    CompanySignIn(OidcSettings settings, DirectorySignIn people, InstantSource clock) {
        this.settings = settings;
        this.people = people;
        this.clock = clock;
        this.directory = new CompanyDirectory(settings);
    }

    /// Does nothing where no provider is named.
    void openAt(HttpSecurity http) {
        if (!settings.isUsed()) {
            return;
        }
        var resolver = new DefaultOAuth2AuthorizationRequestResolver(directory, THERE);
        resolver.setAuthorizationRequestCustomizer(
                OAuth2AuthorizationRequestCustomizers.withPkce());
        var there = new OAuth2AuthorizationRequestRedirectFilter(resolver);
        there.setAuthenticationFailureHandler(CompanySignIn::refused);
        http.addFilterBefore(there, UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(back(), UsernamePasswordAuthenticationFilter.class);
    }

    private OAuth2LoginAuthenticationFilter back() {
        var filter = new Back();
        filter.setAuthenticationManager(
                new ProviderManager(
                        new OidcAuthorizationCodeAuthenticationProvider(
                                new RestClientAuthorizationCodeTokenResponseClient(),
                                new OidcUserService())));
        filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
        filter.setSessionAuthenticationStrategy(
                new CompositeSessionAuthenticationStrategy(
                        List.of(
                                new ChangeSessionIdAuthenticationStrategy(),
                                new CsrfAuthenticationStrategy(
                                        new HttpSessionCsrfTokenRepository()))));
        var welcome = new SavedRequestAwareAuthenticationSuccessHandler();
        welcome.setRequestCache(new SavedPages());
        welcome.setDefaultTargetUrl("/chat");
        filter.setAuthenticationSuccessHandler(welcome);
        filter.setAuthenticationFailureHandler(CompanySignIn::refused);
        return filter;
    }

    /// Turns whom the provider knows into one of ours.
    private final class Back extends OAuth2LoginAuthenticationFilter {

        Back() {
            super(directory, new Forgetful(), BACK);
        }

        @Override
        public Authentication attemptAuthentication(
                HttpServletRequest request, HttpServletResponse response) {
            var theirs = super.attemptAuthentication(request, response);
            if (!(theirs.getPrincipal() instanceof OidcUser user)) {
                throw new DisabledException("no id token came");
            }
            var person = DirectoryPerson.of(user.getClaims(), settings);
            return people.attempt(person, request.getRemoteAddr())
                    .map(current -> SignedIn.as(current, clock.instant()))
                    .orElseThrow(() -> new DisabledException("disabled here"));
        }
    }

    private static void refused(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (!(cause instanceof DisabledException)) {
            log.warn("the company's sign-in failed: {}", cause.getMessage());
        }
        response.sendRedirect(request.getContextPath() + "/sign-in?company");
    }

    /// Nothing is asked of the provider after the sign-in.
    private static final class Forgetful implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Spring declares it
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String name, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String name,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}
    }
}
