package io.zhiwen.source.folder;

import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceSettings;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/// A folder below one of those that a setting allows.
@Component
public final class FolderKind implements SourceKind {

    public static final String NAME = "folder";

    private static final Field PATH = Field.required("path", Field.Type.TEXT);

    /// A file that was the same for so long is not being written.
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final List<Path> roots;

    public FolderKind(SourceSettings settings) {
        this.roots = settings.folders();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(PATH, Patterns.INCLUDE, Patterns.EXCLUDE);
    }

    @Override
    public String where(Place place) {
        return place.text(PATH.name());
    }

    @Override
    public Source open(Place place) throws SourceUnavailable {
        return new FolderSource(folder(place), Patterns.of(place), SETTLED);
    }

    /// Whether any folder is.
    public boolean isAllowed() {
        return !roots.isEmpty();
    }

    /// Where the folder really is.
    ///
    /// @throws SourceUnavailable when it is not allowed, which is found out without a look at it,
    /// or not there
    public Path folder(Place place) throws SourceUnavailable {
        Path asked = asked(place);
        if (roots.stream().noneMatch(root -> asked.startsWith(absolute(root)))) {
            throw forbidden(asked);
        }
        try {
            Path real = asked.toRealPath();
            for (Path root : roots) {
                if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                    return mustBeFolder(real);
                }
            }
            throw forbidden(asked);
        } catch (NoSuchFileException e) {
            throw new SourceUnavailable(Trouble.NOT_FOUND, "there is no folder " + asked, e);
        } catch (IOException e) {
            throw new SourceUnavailable(Trouble.UNREACHABLE, "" + e, e);
        }
    }

    private static Path asked(Place place) throws SourceUnavailable {
        try {
            return absolute(Path.of(place.text(PATH.name())));
        } catch (InvalidPathException e) {
            throw Place.unusable("no path: " + e.getMessage());
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static Path mustBeFolder(Path real) throws SourceUnavailable {
        if (!Files.isDirectory(real)) {
            throw new SourceUnavailable(Trouble.NOT_FOUND, real + " is no folder");
        }
        return real;
    }

    private static SourceUnavailable forbidden(Path folder) {
        return new SourceUnavailable(
                Trouble.FORBIDDEN, folder + " is not below a folder of zhiwen.sources.folders");
    }
}
