package io.zhiwen.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// This process, as the others know it.
///
/// @param name unlike that of any other process, also of an earlier one of the same place unless
/// its operator named both
/// @param alone whether the database is this process's own, so that whoever else was seen in it is
/// dead
public record Node(String name, NodeRole role, boolean alone) {

    private static final int LONGEST_HOST = 40;

    public Node {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a node has a name");
        }
    }

    public static Node of(NodeSettings settings, boolean alone) {
        var name = settings.name().isBlank() ? host() + "-" + letters() : settings.name().strip();
        return new Node(name, settings.role(), alone);
    }

    private static String host() {
        try {
            var host = InetAddress.getLocalHost().getHostName();
            return host.substring(0, Math.min(host.length(), LONGEST_HOST));
        } catch (UnknownHostException _) {
            return "node";
        }
    }

    private static String letters() {
        return HexFormat.of()
                .toHexDigits((short) ThreadLocalRandom.current().nextInt(Short.MAX_VALUE));
    }
}
