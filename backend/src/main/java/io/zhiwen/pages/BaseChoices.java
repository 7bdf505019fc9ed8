package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The bases somebody manages, to choose one of.
final class BaseChoices {

    private BaseChoices() {}

    static List<ChatPages.Choice> of(
            Library library, Access access, Principal.User me, @Nullable UUID chosen) {
        return library.bases(access.everythingFor(me, Right.MANAGE)).stream()
                .map(
                        base ->
                                new ChatPages.Choice(
                                        base.id().toString(),
                                        base.name(),
                                        base.id().value().equals(chosen)))
                .toList();
    }
}
