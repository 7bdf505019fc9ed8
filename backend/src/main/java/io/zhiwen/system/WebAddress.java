package io.zhiwen.system;

import java.util.Set;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Where a browser on this machine finds the product.
@Component
class WebAddress {

    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");

    private final Environment environment;
    private volatile int port;

    WebAddress(Environment environment) {
        this.environment = environment;
    }

    @EventListener
    void opened(ServletWebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    String url() {
        var address = environment.getProperty("server.address", "");
        var host = EVERYWHERE.contains(address) ? "127.0.0.1" : address;
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
