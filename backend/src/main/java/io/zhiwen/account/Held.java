package io.zhiwen.account;

import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// All the rights of one principal.
///
/// @param bases what they may do in bases, with all that has no rights of its own
/// @param acls what they may do with what has some
record Held(Map<KnowledgeBaseId, Set<Right>> bases, Map<Long, Inside> acls) {

    /// What somebody may do with what has these rights of its own; nothing where `rights` is empty.
    record Inside(KnowledgeBaseId base, Set<Right> rights) {}

    /// Who may read anything in a base may see that it is there and ask it.
    private static final Set<Right> SHOWN = Set.copyOf(EnumSet.of(Right.READ, Right.ASK));

    /// Who may see what readers do not see yet.
    private static final Set<Right> BEHIND =
            Set.copyOf(EnumSet.of(Right.UPLOAD, Right.EDIT, Right.MANAGE));

    Scope scope(Right right) {
        Reach behind = scope(rights -> rights.stream().anyMatch(BEHIND::contains)).reach();
        return scope(rights -> rights.contains(right)).seeing(behind);
    }

    private Scope scope(Predicate<Set<Right>> given) {
        Set<KnowledgeBaseId> whole = new HashSet<>();
        bases.forEach(
                (base, rights) -> {
                    if (given.test(rights)) {
                        whole.add(base);
                    }
                });
        Set<KnowledgeBaseId> open = new HashSet<>();
        Map<Long, KnowledgeBaseId> readable = new HashMap<>();
        acls.forEach(
                (acl, inside) -> {
                    if (given.test(inside.rights())) {
                        readable.put(acl, inside.base());
                    } else if (whole.contains(inside.base())) {
                        open.add(inside.base());
                    }
                });
        whole.removeAll(open);
        readable.values().removeIf(whole::contains);
        return new Scope(whole, open, readable);
    }

    /// In the base itself; reading where anything in it can be read.
    Set<Right> in(KnowledgeBaseId base) {
        var rights = EnumSet.noneOf(Right.class);
        rights.addAll(bases.getOrDefault(base, Set.of()));
        acls.values().stream()
                .filter(inside -> inside.base().equals(base))
                .forEach(inside -> rights.addAll(common(inside.rights(), SHOWN)));
        return Collections.unmodifiableSet(rights);
    }

    /// What a key may do that acts for this person: what both may in the base; rights inside of it
    /// are the person's.
    Held within(Map<KnowledgeBaseId, Set<Right>> key) {
        Map<KnowledgeBaseId, Set<Right>> both = new HashMap<>();
        bases.forEach((base, rights) -> both.put(base, common(rights, of(key, base))));
        both.values().removeIf(Set::isEmpty);
        Map<Long, Inside> inside = new HashMap<>();
        acls.forEach(
                (acl, held) -> {
                    if (key.containsKey(held.base())) {
                        var common = common(held.rights(), of(key, held.base()));
                        inside.put(acl, new Inside(held.base(), common));
                    }
                });
        return new Held(both, inside);
    }

    private static Set<Right> of(Map<KnowledgeBaseId, Set<Right>> key, KnowledgeBaseId base) {
        return key.getOrDefault(base, Set.of());
    }

    private static Set<Right> common(Set<Right> some, Set<Right> others) {
        var common = EnumSet.noneOf(Right.class);
        common.addAll(some);
        common.retainAll(others);
        return common;
    }
}
