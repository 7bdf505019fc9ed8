package io.zhiwen.pages;

import io.zhiwen.account.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a form offers of many documents or people: what is chosen, and the first whose names hold
/// the words that were looked for. Where there are few, all of them and nothing to look for.
///
/// @param more whether there are others that fit
record Picks(String words, List<ChatPages.Choice> options, int found, boolean more) {

    private static final int SHOWN = 20;

    /// How many to read, to know whether there are more.
    static final int READ = SHOWN + 1;

    Picks {
        options = List.copyOf(options);
    }

    /// @param found the first that fit, up to `READ` of them
    static Picks of(String words, List<Named> found, Collection<Named> chosen) {
        List<ChatPages.Choice> options = new ArrayList<>();
        List<UUID> ids = chosen.stream().map(Named::id).toList();
        chosen.forEach(one -> options.add(choice(one, true)));
        found.stream()
                .limit(SHOWN)
                .filter(one -> !ids.contains(one.id()))
                .forEach(one -> options.add(choice(one, false)));
        return new Picks(words, options, Math.min(SHOWN, found.size()), found.size() > SHOWN);
    }

    /// The same where something else that is offered beside may have more.
    Picks orMore(boolean others) {
        return new Picks(words, options, found, more || others);
    }

    static String clean(String words) {
        return words.replace('\0', ' ').strip();
    }

    /// Whether there is anything to look through.
    public boolean isLong() {
        return more || !words.isEmpty();
    }

    /// How many lines of the list are shown at once; none where it is closed.
    public @Nullable Integer size() {
        return words.isEmpty() ? null : Math.clamp(options.size() + 1L, 2, 8);
    }

    private static ChatPages.Choice choice(Named one, boolean chosen) {
        return new ChatPages.Choice(one.id().toString(), one.name(), chosen);
    }
}
