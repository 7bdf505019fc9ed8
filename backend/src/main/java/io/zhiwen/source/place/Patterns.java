package io.zhiwen.source.place;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/// Which addresses of a place are wanted: those that one of `include` matches, or all without it,
/// and none of `exclude`. A pattern with `/` is for the whole path (`reports/**/*.pdf`), one
/// without
/// for the name alone (`*.pdf`). Hidden files (`.git`, `~$x.docx`, `Thumbs.db`) are never wanted.
public final class Patterns {

    public static final Field INCLUDE = Field.optional("include", Field.Type.LINES);
    public static final Field EXCLUDE = Field.optional("exclude", Field.Type.LINES);

    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;

    private Patterns(List<PathMatcher> include, List<PathMatcher> exclude) {
        this.include = include;
        this.exclude = exclude;
    }

    /// @throws SourceUnavailable when one is no pattern
    public static Patterns of(Place place) throws SourceUnavailable {
        return new Patterns(
                matchers(place.lines(INCLUDE.name())), matchers(place.lines(EXCLUDE.name())));
    }

    /// @param address a path with `/` between its parts
    public boolean want(String address) {
        if (address.indexOf('\0') >= 0) {
            return false;
        }
        Path path = Path.of(address.toLowerCase(Locale.ROOT));
        for (Path part : path) {
            if (isHidden(part.toString())) {
                return false;
            }
        }
        return (include.isEmpty() || include.stream().anyMatch(one -> one.matches(path)))
                && exclude.stream().noneMatch(one -> one.matches(path));
    }

    /// Whether people do not see a file or folder of this name.
    public static boolean isHidden(String name) {
        return name.startsWith(".")
                || name.startsWith("~$")
                || name.equalsIgnoreCase("thumbs.db")
                || name.equalsIgnoreCase("desktop.ini");
    }

    private static List<PathMatcher> matchers(List<String> patterns) throws SourceUnavailable {
        try {
            return patterns.stream()
                    .map(one -> one.toLowerCase(Locale.ROOT))
                    .map(Patterns::matcher)
                    .toList();
        } catch (PatternSyntaxException e) {
            throw Place.unusable("no pattern: " + e.getMessage());
        }
    }

    private static PathMatcher matcher(String pattern) {
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        return pattern.contains("/")
                ? glob
                : path -> path.getFileName() != null && glob.matches(path.getFileName());
    }
}
