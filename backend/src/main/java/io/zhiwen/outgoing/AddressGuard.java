package io.zhiwen.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;

/// Turns a host into addresses that may be connected to: public ones, and those that a setting
/// names. Loopback, link-local, private, shared, reserved and multicast addresses are refused (all
/// that RFC 6890 lists), with them the metadata services of clouds. Whoever connects must use the
/// addresses given here and not look the name up again, for it may say something else then. Safe
/// for concurrent use.
@Component
public final class AddressGuard {

    /// Digits, dots, colons and what belongs to a network's length: no name of a host.
    private static final Pattern NETWORK = Pattern.compile("[0-9.]+(/\\d+)?|[0-9a-fA-F:.]*:.*");

    /// An old way to write an IPv4 address, of which RFC 6890 knows nothing.
    private static final String IPV4_IN_IPV6 = "::/96";

    /// Looks a host up.
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    private final InetAddressFilter passes;
    private final List<Predicate<String>> hosts;
    private final Lookup lookup;

    @Autowired
    public AddressGuard(OutgoingSettings settings) {
        this(settings, InetAddress::getAllByName);
    }

    AddressGuard(OutgoingSettings settings, Lookup lookup) {
        String[] networks =
                settings.allow().stream()
                        .filter(one -> NETWORK.matcher(one).matches())
                        .toArray(String[]::new);
        InetAddressFilter outside = InetAddressFilter.externalAddresses().andNot(IPV4_IN_IPV6);
        this.passes = networks.length == 0 ? outside : outside.or(networks);
        this.hosts =
                settings.allow().stream()
                        .filter(one -> !NETWORK.matcher(one).matches())
                        .map(AddressGuard::named)
                        .toList();
        this.lookup = lookup;
    }

    /// All addresses of the host, when each of them may be connected to: a name that mixes public
    /// and private ones is refused.
    ///
    /// @throws ForbiddenAddress when one may not
    public InetAddress[] resolve(String host) throws UnknownHostException {
        String name = bare(host);
        InetAddress[] found = lookup.all(name);
        boolean named = hosts.stream().anyMatch(one -> one.test(name));
        if (!named && !Arrays.stream(found).allMatch(passes::matches)) {
            throw new ForbiddenAddress(name);
        }
        return found;
    }

    /// In lower case, without the brackets of an IPv6 address and the dot at the end.
    private static String bare(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Predicate<String> named(String allowed) {
        String name = allowed.toLowerCase(Locale.ROOT);
        return name.startsWith("*.") ? host -> host.endsWith(name.substring(1)) : name::equals;
    }
}
