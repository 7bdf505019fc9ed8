package io.zhiwen.system;

import io.zhiwen.account.SetupLink;
import io.zhiwen.node.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// When there is no admin at the start: makes the one the environment names, or prints the one-time
/// link with which somebody becomes it.
@Component
class FirstAdmin {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

    private final SetupLink setup;
    private final AdminSettings settings;
    private final WebAddress address;
    private final Node node;

    FirstAdmin(SetupLink setup, AdminSettings settings, WebAddress address, Node node) {
        this.node = node;
        this.setup = setup;
        this.settings = settings;
        this.address = address;
    }

    @EventListener(ApplicationReadyEvent.class)
    void welcome() {
        if (!settings.user().isBlank() && !settings.password().isEmpty()) {
            setup.createUnattended(settings.user(), settings.password())
                    .ifPresent(admin -> log.info("made the first admin, {}", admin.name()));
        }
        if (!node.role().servesPeople()) {
            log.info("node {} does jobs and serves no pages", node.name());
            return;
        }
        var url = address.url();
        setup.issueIfNeeded()
                .ifPresentOrElse(
                        token -> print(url + "/setup?token=" + token, true),
                        () -> print(url, false));
    }

    /// On standard output, so that no log setting hides it and no log file keeps the link.
    private static void print(String url, boolean first) {
        var line = "-".repeat(Math.max(60, url.length() + 4));
        System.out.println();
        System.out.println(line);
        System.out.println(
                first
                        ? "  Zhiwen is running. Make the admin account with this one-time link:"
                        : "  Zhiwen is running:");
        System.out.println();
        System.out.println("  " + url);
        System.out.println(line);
        System.out.println();
        System.out.flush();
    }
}
