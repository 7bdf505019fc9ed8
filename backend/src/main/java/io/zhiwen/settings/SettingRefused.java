package io.zhiwen.settings;

import java.util.List;

/// A value that a setting does not take.
public final class SettingRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Object> limits;

    private SettingRefused(String code, List<Object> limits) {
        super(code + " " + limits);
        this.code = code;
        this.limits = limits;
    }

    static SettingRefused by(Kind kind) {
        return new SettingRefused(kind.word(), kind.limits());
    }

    /// White on this colour cannot be read.
    static SettingRefused byItsContrast() {
        return new SettingRefused("contrast", List.of());
    }

    /// The environment sets it, so nobody else does.
    static SettingRefused byTheEnvironment() {
        return new SettingRefused("environment", List.of());
    }

    /// Why: the word of the kind it is not, `contrast` or `environment`.
    public String code() {
        return code;
    }

    /// What would have been taken.
    public List<Object> limits() {
        return limits;
    }
}
