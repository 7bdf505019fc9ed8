package io.zhiwen.transfer;

/// An export or import that cannot be made as asked; nothing was changed.
public final class TransferRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param sentence for the operator: what is wrong, and what to do
    public TransferRefused(String sentence) {
        super(sentence);
    }
}
