package io.zhiwen.node;

/// This process stops; another one, or the next one here, will do it.
public final class NodeIsEnding extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeIsEnding() {
        super("this node is stopping");
    }
}
