package io.zhiwen.doors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/// Everything that is logged from now on, as it is written.
final class Logged {

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    Logged() {
        events.start();
        root.addAppender(events);
    }

    String lines() {
        root.detachAppender(events);
        var lines = new StringBuilder();
        for (var event : List.copyOf(events.list)) {
            lines.append(event.getMDCPropertyMap()).append(event.getFormattedMessage());
            for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                lines.append(cause.getMessage());
            }
            lines.append('\n');
        }
        return lines.toString();
    }
}
