package io.zhiwen.account;

import io.zhiwen.account.Held.Inside;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rights of their own that folders and documents have, as one principal meets them: which of
/// them nest in which, which are closed, and what the principal was granted in each.
final class Acls {

    /// @param parent that of the nearest folder above; null where that is the base
    /// @param closed whether what is above counts for nothing here
    /// @param granted the highest role in a grant that reaches the principal; null for none
    record Acl(
            KnowledgeBaseId base,
            @Nullable Long parent,
            boolean closed,
            @Nullable BaseRole granted) {}

    private final Map<Long, Acl> all = new HashMap<>();

    /// The same again with another grant keeps the higher one.
    void add(long id, Acl acl) {
        all.merge(
                id,
                acl,
                (one, other) ->
                        new Acl(
                                one.base(),
                                one.parent(),
                                one.closed(),
                                higher(one.granted(), other.granted())));
    }

    /// What somebody may do inside who has these roles in the bases. A manager of a base manages
    /// all
    /// of it.
    Map<Long, Inside> of(Map<KnowledgeBaseId, BaseRole> roles) {
        return resolved(
                base -> roles.containsKey(base) ? roles.get(base).rights() : Set.of(),
                acl -> acl.granted() == null ? Set.of() : acl.granted().rights());
    }

    /// What a key may do inside that may do this in the bases: nobody grants it more, and what is
    /// closed stays closed to it unless it manages the base.
    Map<Long, Inside> ofKey(Map<KnowledgeBaseId, Set<Right>> rights) {
        return resolved(base -> rights.getOrDefault(base, Set.of()), _ -> Set.of());
    }

    private Map<Long, Inside> resolved(
            Function<KnowledgeBaseId, Set<Right>> inBase, Function<Acl, Set<Right>> granted) {
        Map<Long, Inside> resolved = new HashMap<>();
        all.keySet().forEach(id -> resolve(id, resolved, inBase, granted));
        return resolved;
    }

    private Set<Right> resolve(
            long id,
            Map<Long, Inside> resolved,
            Function<KnowledgeBaseId, Set<Right>> inBase,
            Function<Acl, Set<Right>> granted) {
        var known = resolved.get(id);
        if (known != null) {
            return known.rights();
        }
        var acl = all.get(id);
        if (acl == null) {
            return Set.of();
        }
        var ofBase = inBase.apply(acl.base());
        Set<Right> above =
                acl.closed()
                        ? Set.of()
                        : acl.parent() == null
                                ? ofBase
                                : resolve(acl.parent(), resolved, inBase, granted);
        Set<Right> rights = new java.util.HashSet<>(above);
        rights.addAll(granted.apply(acl));
        if (ofBase.contains(Right.MANAGE)) {
            rights.addAll(ofBase);
        }
        resolved.put(id, new Inside(acl.base(), Set.copyOf(rights)));
        return rights;
    }

    private static @Nullable BaseRole higher(@Nullable BaseRole one, @Nullable BaseRole other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.orHigher(other);
    }
}
