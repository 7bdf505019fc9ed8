/// Here is what somebody looks for, give me passages with what is known of their documents, and how
/// they spread over bases, types, languages and time. The search of every door.
@NullMarked
package io.zhiwen.search;

import org.jspecify.annotations.NullMarked;
