package io.zhiwen.source;

import io.zhiwen.source.place.SourceKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The kinds of sources there are.
@Component
public final class Kinds {

    private final Map<String, SourceKind> byName;

    Kinds(List<SourceKind> kinds) {
        this.byName =
                kinds.stream().collect(Collectors.toMap(SourceKind::name, Function.identity()));
    }

    public List<SourceKind> all() {
        return byName.values().stream().sorted(Comparator.comparing(SourceKind::name)).toList();
    }

    public Optional<SourceKind> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
