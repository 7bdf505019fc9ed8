/// Here is what an admin may change while the product runs: give me a name, take what holds now and
/// where it comes from. The environment wins, then the database, then what is built in.
@NullMarked
package io.zhiwen.settings;

import org.jspecify.annotations.NullMarked;
