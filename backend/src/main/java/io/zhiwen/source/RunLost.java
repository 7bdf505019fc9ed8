package io.zhiwen.source;

/// The run was ended, or another node has taken it: this one may change nothing any more.
final class RunLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunLost(Claim claim) {
        super("run " + claim.run() + " is not of this node any more");
    }
}
