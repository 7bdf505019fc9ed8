package io.zhiwen.settings;

/// Nothing of this name can be changed while the product runs.
public final class NoSuchSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchSetting(String name) {
        super(name);
    }
}
