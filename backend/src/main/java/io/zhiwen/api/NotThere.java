package io.zhiwen.api;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/// What a path or a body names is not there, or not for this key: the two look the same.
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NotThere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotThere(String what) {
        super("There is no such " + what + ".");
    }
}
