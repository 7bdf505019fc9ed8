package io.zhiwen.ask.stream;

import java.util.function.Consumer;

/// Tells what each exchange with a chat model cost to whom the work is done for, whatever part of
/// it asked the model: it holds for all that runs on the thread inside `count`.
public final class Meter {

    /// @param estimated whether no server counted it
    public record Spent(int prompt, int answer, boolean estimated) {}

    private static final ScopedValue<Consumer<Spent>> TO = ScopedValue.newInstance();

    private Meter() {}

    public static void count(Consumer<Spent> to, Runnable work) {
        ScopedValue.where(TO, to).run(work);
    }

    static void spent(Spent spent) {
        if (TO.isBound()) {
            TO.get().accept(spent);
        }
    }
}
