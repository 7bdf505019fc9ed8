/// The doors of the product as strangers, readers, admins and services find them.
@NullMarked
package io.zhiwen.doors;

import org.jspecify.annotations.NullMarked;
