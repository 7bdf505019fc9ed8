/// Here is a service with a key, let it do over REST what its key may: bases, documents, search,
/// answers.
@NullMarked
package io.zhiwen.api;

import org.jspecify.annotations.NullMarked;
