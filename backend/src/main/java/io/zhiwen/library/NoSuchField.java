package io.zhiwen.library;

/// A field is not there, or not for the one who asks: both look the same.
public class NoSuchField extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchField(FieldId id) {
        super("no field " + id);
    }
}
