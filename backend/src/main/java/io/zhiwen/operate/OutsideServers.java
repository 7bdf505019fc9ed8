package io.zhiwen.operate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Those servers outside that are set, and a try of each; for admins and full keys, which the doors
/// make sure of. Safe for concurrent use.
@Component
public class OutsideServers {

    private static final int LONGEST = 300;

    private final List<OutsideServer> all;

    OutsideServers(List<OutsideServer> all) {
        this.all = all.stream().filter(server -> !server.address().isEmpty()).toList();
    }

    public List<OutsideServer> all() {
        return all;
    }

    /// Empty when no such server is set.
    public Optional<OutsideServer.Trial> attempt(String name) {
        return all.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .map(OutsideServers::attempt);
    }

    private static OutsideServer.Trial attempt(OutsideServer server) {
        long began = System.nanoTime();
        try {
            String said = server.ask();
            return new OutsideServer.Trial(true, since(began), said);
        } catch (RuntimeException e) {
            return new OutsideServer.Trial(false, since(began), why(e));
        }
    }

    /// The reason below the words of whoever wrapped it.
    private static String why(RuntimeException failure) {
        Throwable cause = failure.getCause();
        String said = cause == null ? failure.getMessage() : cause.getMessage();
        if (said == null || said.isBlank()) {
            said = String.valueOf(failure.getMessage());
        }
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
