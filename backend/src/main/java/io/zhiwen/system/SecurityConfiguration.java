package io.zhiwen.system;

import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.DirectorySignIn;
import io.zhiwen.account.OidcSettings;
import io.zhiwen.account.Principal;
import io.zhiwen.account.RequestLimits;
import io.zhiwen.account.SetupLink;
import io.zhiwen.account.SignIn;
import io.zhiwen.account.SignedIn;
import io.zhiwen.account.Users;
import io.zhiwen.widget.Widgets;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/// Two chains that share nothing: keys without cookies for services, sessions for browsers.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final AuthorizationManager<RequestAuthorizationContext> FULL_KEY =
            (who, _) ->
                    new AuthorizationDecision(
                            who.get() instanceof SignedIn signedIn
                                    && signedIn.getPrincipal() instanceof Principal.Key key
                                    && key.isAdmin());

    /// Keys only. Cookies are not looked at, so there is nothing to forge.
    @Bean
    @Order(1)
    SecurityFilterChain services(
            HttpSecurity http,
            ApiKeys keys,
            Users users,
            RequestLimits limits,
            Problems problems,
            Refusals refusals) {
        var contexts = new RequestAttributeSecurityContextRepository();
        return http.securityMatcher("/api", "/api/**", "/v1", "/v1/**", "/mcp", Doors.METRICS)
                .securityContext(context -> context.securityContextRepository(contexts))
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> anonymous.principal("nobody"))
                .addFilterAfter(
                        new BearerFilter(keys, users, contexts), ExceptionTranslationFilter.class)
                .addFilterAfter(new RequestLimitFilter(limits, problems), BearerFilter.class)
                .headers(Headers::ofServices)
                .exceptionHandling(
                        refused ->
                                refused.authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals))
                .authorizeHttpRequests(
                        may ->
                                may.dispatcherTypeMatchers(
                                                DispatcherType.ASYNC,
                                                DispatcherType.ERROR,
                                                DispatcherType.FORWARD)
                                        .permitAll()
                                        .requestMatchers(HttpMethod.GET, "/api/v1/openapi.json")
                                        .permitAll()
                                        .requestMatchers(Doors.METRICS)
                                        .access(FULL_KEY)
                                        .anyRequest()
                                        .hasRole("KEY"))
                .build();
    }

    /// Chats on other sites. No cookie is looked at or made: their frame is a stranger's.
    @Bean
    @Order(1)
    SecurityFilterChain otherSites(
            HttpSecurity http, Widgets widgets, RequestLimits limits, Problems problems) {
        var contexts = new RequestAttributeSecurityContextRepository();
        return http.securityMatcher(Doors.WIDGETS + "/**")
                .securityContext(context -> context.securityContextRepository(contexts))
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .addFilterAfter(
                        new WidgetFilter(widgets, contexts), ExceptionTranslationFilter.class)
                .addFilterAfter(new RequestLimitFilter(limits, problems), WidgetFilter.class)
                .headers(Headers::ofWidgets)
                .authorizeHttpRequests(may -> may.anyRequest().permitAll())
                .build();
    }

    /// Sessions, with a token against forged requests on everything that changes something.
    @Bean
    @Order(2)
    SecurityFilterChain browsers(
            HttpSecurity http,
            Users users,
            SignIn signIn,
            SetupLink setup,
            RequestLimits limits,
            Refusals refusals,
            Problems problems,
            OidcSettings company,
            DirectorySignIn people,
            InstantSource clock) {
        new CompanySignIn(company, people, clock).openAt(http);
        return http.authenticationManager(new ProviderManager(new SignInProvider(signIn, clock)))
                .addFilterBefore(new SetupGate(setup, problems), SecurityContextHolderFilter.class)
                .addFilterAfter(new SessionGuard(users, clock), HeaderWriterFilter.class)
                .csrf(csrf -> csrf.csrfTokenRequestHandler(new CsrfTokens()))
                .httpBasic(AbstractHttpConfigurer::disable)
                .requestCache(cache -> cache.requestCache(new SavedPages()))
                .formLogin(
                        form ->
                                form.loginPage("/sign-in")
                                        .loginProcessingUrl("/sign-in")
                                        .defaultSuccessUrl("/chat")
                                        .failureHandler(SecurityConfiguration::refused)
                                        .permitAll())
                .logout(
                        out ->
                                out.logoutUrl("/sign-out")
                                        .addLogoutHandler(
                                                (request, _, who) -> left(signIn, request, who))
                                        .logoutSuccessUrl("/sign-in?bye")
                                        .permitAll())
                .headers(Headers::ofPages)
                .exceptionHandling(
                        refused ->
                                refused.authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals))
                .addFilterAfter(
                        new OneTimePassword(problems), UsernamePasswordAuthenticationFilter.class)
                .addFilterAfter(new RequestLimitFilter(limits, problems), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        may ->
                                may.dispatcherTypeMatchers(
                                                DispatcherType.ASYNC,
                                                DispatcherType.ERROR,
                                                DispatcherType.FORWARD)
                                        .permitAll()
                                        .requestMatchers(
                                                "/assets/**",
                                                "/favicon.ico",
                                                "/error",
                                                "/setup",
                                                "/preferences",
                                                "/preferences",
                                                "/docs/api",
                                                "/actuator/health",
                                                "/actuator/health/readiness",
                                                "/actuator/health/liveness")
                                        .permitAll()
                                        .requestMatchers("/actuator/**")
                                        .denyAll()
                                        .requestMatchers(
                                                "/admin",
                                                "/admin/**",
                                                "/app/admin",
                                                "/app/admin/**")
                                        .hasRole("ADMIN")
                                        .anyRequest()
                                        .hasAnyRole("ADMIN", "MEMBER"))
                .build();
    }

    private static void left(
            SignIn signIn, HttpServletRequest request, @Nullable Authentication who) {
        if (who != null && who.getPrincipal() instanceof Principal.User user) {
            signIn.left(user, request.getRemoteAddr());
        }
    }

    /// Nothing is kept of it in the session.
    private static void refused(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        var why = cause instanceof LockedException ? "throttled" : "error";
        response.sendRedirect(request.getContextPath() + "/sign-in?" + why);
    }
}
