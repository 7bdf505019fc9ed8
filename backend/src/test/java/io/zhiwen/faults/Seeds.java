package io.zhiwen.faults;

/// Where chance comes from: printed, and settable to see the same again.
final class Seeds {

    private static final String PROPERTY = "zhiwen.faults.seed";

    private Seeds() {}

    static long next() {
        long seed = Long.getLong(PROPERTY, System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -D" + PROPERTY + "=" + seed + ")");
        return seed;
    }
}
