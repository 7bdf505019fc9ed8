package io.zhiwen.settings;

/// Who says what a setting is.
public enum Source {
    DEFAULT,
    DATABASE,
    ENVIRONMENT
}
