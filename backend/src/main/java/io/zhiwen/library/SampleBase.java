package io.zhiwen.library;

import io.zhiwen.account.Principal;
import org.springframework.stereotype.Component;

@Component
@SuppressWarnings("DoNotCallSuggester")
final class SampleBase {

    KnowledgeBase load(Principal p) {
        throw new UnsupportedOperationException();
    }
}
