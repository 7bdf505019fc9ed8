/// What a source is, whatever its kind: here is a place, give me the things in it, one by one, and
/// the bytes of those I ask for.
@NullMarked
package io.zhiwen.source.place;

import org.jspecify.annotations.NullMarked;
