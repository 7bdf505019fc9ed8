package io.zhiwen.ask.forbid;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;

/// Regular expressions of people who may mean harm. RE2 takes linear time for any text, but writes
/// repetitions out: `((x{1000}){1000}){1000}` is a short line and no memory would hold it. So what
/// repeats a group is bounded before it is compiled, and each program after.
final class BoundedPattern {

    private static final int MOST_COPIES = 1_000;
    private static final int LARGEST_PROGRAM = 2_500;
    private static final int LARGEST_TOGETHER = 10_000;

    private static final java.util.regex.Pattern COUNTED =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");
    private static final java.util.regex.Pattern COUNTED_GROUP =
            java.util.regex.Pattern.compile("(?:\\)|\\\\E)\\{\\d");

    private BoundedPattern() {}

    /// @throws UnusableRule when one is no pattern, or they are too much work
    static List<Pattern> all(List<String> patterns) {
        List<Pattern> compiled = new ArrayList<>();
        int size = 0;
        for (String pattern : patterns) {
            Pattern one = compiled(pattern);
            size += one.programSize();
            if (one.programSize() > LARGEST_PROGRAM || size > LARGEST_TOGETHER) {
                throw UnusableRule.tooMuchWork(pattern);
            }
            compiled.add(one);
        }
        return compiled;
    }

    private static Pattern compiled(String pattern) {
        if (copies(pattern) > MOST_COPIES) {
            throw UnusableRule.tooMuchWork(pattern);
        }
        try {
            return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw UnusableRule.noPattern(pattern, e.getDescription());
        }
    }

    /// How often the innermost part may be written out, at most.
    private static long copies(String pattern) {
        if (!COUNTED_GROUP.matcher(pattern).find()) {
            return 1;
        }
        long copies = 1;
        for (MatchResult count : COUNTED.matcher(pattern).results().toList()) {
            String most = count.group(2);
            String times = most == null || most.isEmpty() ? count.group(1) : most;
            copies = Math.min(copies * Math.max(1, Long.parseLong(times)), Integer.MAX_VALUE);
        }
        return copies;
    }
}
