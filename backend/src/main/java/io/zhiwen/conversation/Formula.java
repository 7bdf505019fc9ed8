package io.zhiwen.conversation;

import org.commonmark.node.CustomNode;

/// A formula as TeX.
public final class Formula extends CustomNode {

    private final String tex;
    private final boolean alone;

    /// @param alone whether it stands on a line of its own
    Formula(String tex, boolean alone) {
        this.tex = tex;
        this.alone = alone;
    }

    public String tex() {
        return tex;
    }

    public boolean alone() {
        return alone;
    }
}
