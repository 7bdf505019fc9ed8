/// Wiring: settings, security chains, error pages, health, the embedded database. Sees everything,
/// is seen by nobody.
@NullMarked
package io.zhiwen.system;

import org.jspecify.annotations.NullMarked;
