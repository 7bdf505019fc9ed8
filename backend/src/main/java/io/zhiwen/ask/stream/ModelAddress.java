package io.zhiwen.ask.stream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

/// Where a model server may be. An admin's address may well be inside the company's network, but
/// never where clouds hand out their machines' credentials. Redirects are not followed at all.
final class ModelAddress {

    /// Of Alibaba, Azure, Oracle, and Amazon by IPv6; link-local addresses are refused altogether.
    private static final Set<String> METADATA =
            Set.of("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

    private static final String HTTP = "(?i)https?://[^/\\s?#@]+(/[^\\s?#]*)?";

    private ModelAddress() {}

    /// Whether a model server can be asked under it: http or https, without user, query, fragment.
    static boolean isUsable(String url) {
        if (!url.matches(HTTP)) {
            return false;
        }
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether none of the addresses its host has now is forbidden. Java keeps what it looked up
    /// for half a minute, so that the connection made next goes to an address checked here. A host
    /// that nobody knows is not forbidden; it cannot be reached either.
    static boolean isAllowed(URI url) {
        try {
            for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
                if (isForbidden(address)) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return true;
        }
    }

    static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(plain(address));
    }

    private static String plain(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet4Address ? text : text.replaceFirst("%.*", "");
    }
}
