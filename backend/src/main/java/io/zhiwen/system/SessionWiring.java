package io.zhiwen.system;

import io.zhiwen.account.WebSessions;
import io.zhiwen.node.Node;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/// What stands before the security chains: who is served at all, how a database that is away is
/// told, and sessions, which are ours and in the database.
@Configuration(proxyBeanMethods = false)
class SessionWiring {

    static final String COOKIE = "zhiwen";

    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<?>> sessions(WebSessions sessions) {
        var cookies = new CookieHttpSessionIdResolver();
        cookies.setCookieSerializer(new Cookies());
        var filter = new SessionRepositoryFilter<>(sessions);
        filter.setHttpSessionIdResolver(cookies);
        var registration = new FilterRegistrationBean<SessionRepositoryFilter<?>>(filter);
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
        registration.setDispatcherTypes(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return registration;
    }

    @Bean
    Outage outage(Problems problems, MessageSource messages) {
        return new Outage(problems, messages);
    }

    @Bean
    FilterRegistrationBean<Outage> outermost(Outage outage) {
        var registration = new FilterRegistrationBean<>(outage);
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RoleGate> roleGate(Problems problems, Node node) {
        var registration = new FilterRegistrationBean<>(new RoleGate(problems));
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 2);
        registration.setEnabled(!node.role().servesPeople());
        return registration;
    }

    /// Over https the name binds the cookie to this host and path; plain http does not allow that.
    private static final class Cookies implements CookieSerializer {

        private final DefaultCookieSerializer plain = cookie(COOKIE, false);
        private final DefaultCookieSerializer bound = cookie("__Host-" + COOKIE, true);

        @Override
        public void writeCookieValue(CookieValue value) {
            of(value.getRequest()).writeCookieValue(value);
        }

        @Override
        public List<String> readCookieValues(HttpServletRequest request) {
            return of(request).readCookieValues(request);
        }

        private DefaultCookieSerializer of(HttpServletRequest request) {
            return request.isSecure() ? bound : plain;
        }

        private static DefaultCookieSerializer cookie(String name, boolean secure) {
            var cookie = new DefaultCookieSerializer();
            cookie.setCookieName(name);
            cookie.setUseSecureCookie(secure);
            cookie.setUseHttpOnlyCookie(true);
            cookie.setUseBase64Encoding(false);
            cookie.setCookiePath("/");
            cookie.setSameSite("Lax");
            return cookie;
        }
    }
}
