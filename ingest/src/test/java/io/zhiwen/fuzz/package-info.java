/// Here are bytes of a stranger, show me that nothing but what is said comes of them. Each class
/// named `...Fuzz` is a target of Jazzer (`.ci/fuzz`); `SeedsTest` gives it its seeds, and what is
/// near them, in every run of the tests.
package io.zhiwen.fuzz;
