package io.zhiwen.outgoing;

import java.net.UnknownHostException;

/// The host is of this machine or of a private network, and no setting allows it. What it resolves
/// to is not told: whoever asks may not map the network.
public final class ForbiddenAddress extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    public ForbiddenAddress(String host) {
        super(host + " is not a public address, and zhiwen.outgoing.allow does not name it");
    }
}
