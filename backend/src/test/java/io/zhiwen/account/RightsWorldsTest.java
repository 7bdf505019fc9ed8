package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the database says of rights in random worlds is what plain loops over the same world say,
/// and what its own wall shows of documents is what they say too. `.ci/rights-worlds` makes 10,000;
/// a world is its seed: `-Dzhiwen.worlds.seed=... -Dzhiwen.worlds=1` makes one again.
class RightsWorldsTest {

    private static final int WORLDS = Integer.getInteger("zhiwen.worlds", 60);
    private static final long SEED = Long.getLong("zhiwen.worlds.seed", 20261122);

    private final AccountDatabase accounts = new AccountDatabase();

    record Person(UUID id, boolean enabled, boolean admin) {}

    record Pair(UUID first, UUID second) {}

    /// To a person, to a group, or to everyone.
    record Grant(UUID base, @Nullable UUID person, @Nullable UUID group, BaseRole role) {}

    /// Rights of their own, each inside the one before or right in its base.
    record Acl(long id, UUID base, @Nullable Long parent, boolean closed) {}

    /// With the rights of its own that it has, or none.
    record Document(UUID id, UUID base, @Nullable Acl acl) {}

    record InnerGrant(long acl, @Nullable UUID person, @Nullable UUID group, BaseRole role) {}

    private long nextAcl = 1;
    private long compared;

    record Key(UUID id, boolean all, Set<UUID> bases, Set<KeyScope> scopes) {}

    @Test
    void rightsInRandomWorldsAreWhatPlainLoopsSay() {
        long since = System.nanoTime();
        for (long seed = SEED; seed < SEED + WORLDS; seed++) {
            var random = new Random(seed);
            var made = new World(random, seed);
            AccountDatabase.TX.executeWithoutResult(
                    tx -> {
                        made.write();
                        made.check();
                        made.revokeSome(random);
                        made.check();
                        tx.setRollbackOnly();
                    });
        }
        System.out.printf(
                "%d worlds from seed %d, each before and after revocations: %d comparisons with the oracle, 0 differ; %.0f s%n",
                WORLDS, SEED, compared, (System.nanoTime() - since) / 1e9);
        assertThat(compared).isGreaterThan(50L * WORLDS);
    }

    private <T> void same(T said, T expected, long world) {
        assertThat(said).as("world %d", world).isEqualTo(expected);
        compared++;
    }

    private final class World {

        final List<Person> people = new ArrayList<>();
        final List<UUID> groups = new ArrayList<>();
        final Map<UUID, Boolean> bases = new HashMap<>();
        final Set<Pair> members = new HashSet<>();
        final Set<Pair> nested = new HashSet<>();
        final Map<List<Object>, Grant> grants = new HashMap<>();
        final List<Key> keys = new ArrayList<>();
        final List<Acl> acls = new ArrayList<>();
        final Map<List<Object>, InnerGrant> inner = new HashMap<>();
        final List<Document> documents = new ArrayList<>();
        final long seed;

        World(Random random, long seed) {
            this.seed = seed;
            nextAcl = 1;
            for (int i = 0; i < 3; i++) {
                people.add(new Person(id(random), random.nextInt(6) > 0, random.nextInt(8) == 0));
                bases.put(id(random), random.nextInt(6) > 0);
            }
            for (int i = 0; i < 4; i++) {
                groups.add(id(random));
                for (var person : people) {
                    if (random.nextInt(3) == 0) {
                        members.add(new Pair(groups.get(i), person.id()));
                    }
                }
            }
            for (int outer = 0; outer < 2; outer++) {
                for (int inner = 2; inner < 4; inner++) {
                    if (random.nextBoolean()) {
                        nested.add(new Pair(groups.get(outer), groups.get(inner)));
                    }
                }
            }
            for (var base : bases.keySet()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    int who = random.nextInt(8);
                    var person = who < 3 ? people.get(who).id() : null;
                    var group = who >= 3 && who < 7 ? groups.get(who - 3) : null;
                    var role = BaseRole.values()[random.nextInt(3)];
                    grants.put(
                            java.util.Arrays.asList(base, person, group),
                            new Grant(base, person, group, role));
                }
            }
            for (var base : bases.keySet()) {
                List<Long> here = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    var parent =
                            here.isEmpty() || random.nextInt(3) == 0
                                    ? null
                                    : here.get(random.nextInt(here.size()));
                    here.add(nextAcl);
                    acls.add(new Acl(nextAcl++, base, parent, random.nextBoolean()));
                }
                for (var acl : here) {
                    for (int i = random.nextInt(3); i > 0; i--) {
                        int who = random.nextInt(8);
                        var person = who < 3 ? people.get(who).id() : null;
                        var group = who >= 3 && who < 7 ? groups.get(who - 3) : null;
                        inner.put(
                                java.util.Arrays.asList(acl, person, group),
                                new InnerGrant(
                                        acl, person, group, BaseRole.values()[random.nextInt(2)]));
                    }
                }
            }
            bases.keySet().forEach(base -> documents.add(new Document(id(random), base, null)));
            acls.forEach(acl -> documents.add(new Document(id(random), acl.base(), acl)));
            var scopes = EnumSet.of(KeyScope.values()[random.nextInt(4)]);
            scopes.add(KeyScope.values()[random.nextInt(4)]);
            keys.add(new Key(id(random), true, Set.of(), scopes));
            keys.add(new Key(id(random), false, Set.of(bases.keySet().iterator().next()), scopes));
        }

        void write() {
            var sql = new StringBuilder();
            for (var p : people) {
                sql.append(
                        "insert into app_user (id, name, password_hash, role, enabled) values ('%1$s', '%1$s', 'x', '%2$s', %3$s);"
                                .formatted(p.id(), p.admin() ? "admin" : "member", p.enabled()));
            }
            groups.forEach(
                    g ->
                            sql.append(
                                    "insert into user_group (id, name) values ('%1$s', '%1$s');"
                                            .formatted(g)));
            bases.forEach(
                    (b, there) ->
                            sql.append(
                                    "insert into knowledge_base (id, name, deleted_at) values ('%s', 'b', %s);"
                                            .formatted(b, there ? "null" : "now()")));
            members.forEach(
                    m ->
                            sql.append(
                                    "insert into user_group_member values ('%s', '%s');"
                                            .formatted(m.first(), m.second())));
            nested.forEach(
                    n ->
                            sql.append(
                                    "insert into user_group_nested values ('%s', '%s');"
                                            .formatted(n.first(), n.second())));
            for (var g : grants.values()) {
                sql.append(
                        "insert into knowledge_base_reader (knowledge_base_id, user_id, group_id, role) values ('%s', %s, %s, '%s');"
                                .formatted(
                                        g.base(),
                                        literal(g.person()),
                                        literal(g.group()),
                                        g.role().word()));
            }
            for (var a : acls) {
                sql.append(
                        "insert into acl (id, knowledge_base_id, parent_id, closed) overriding system value values (%s, '%s', %s, %s);"
                                .formatted(a.id(), a.base(), a.parent(), a.closed()));
            }
            for (var d : documents) {
                sql.append(
                        "insert into document (id, knowledge_base_id, name, created_by, acl_id) values ('%s', '%s', 'd', 'x', %s);"
                                .formatted(
                                        d.id(), d.base(), d.acl() == null ? null : d.acl().id()));
            }
            for (var g : inner.values()) {
                sql.append(
                        "insert into acl_grant (acl_id, user_id, group_id, role, granted_by) values (%s, %s, %s, '%s', 'x');"
                                .formatted(
                                        g.acl(),
                                        literal(g.person()),
                                        literal(g.group()),
                                        g.role().word()));
            }
            for (var k : keys) {
                sql.append(
                        "insert into api_key (id, name, prefix, secret_hash, all_bases) values ('%1$s', 'k', 'k', decode(md5('%1$s'), 'hex'), %2$s);"
                                .formatted(k.id(), k.all()));
                k.bases()
                        .forEach(
                                b ->
                                        sql.append(
                                                "insert into api_key_base values ('%s', '%s');"
                                                        .formatted(k.id(), b)));
            }
            AccountDatabase.DB.sql(sql.toString()).update();
        }

        void revokeSome(Random random) {
            for (var key : List.copyOf(grants.keySet())) {
                if (random.nextInt(3) == 0) {
                    var g = grants.remove(key);
                    AccountDatabase.DB
                            .sql(
                                    "delete from knowledge_base_reader where knowledge_base_id = '%s' and user_id is not distinct from %s and group_id is not distinct from %s"
                                            .formatted(
                                                    g.base(),
                                                    literal(g.person()),
                                                    literal(g.group())))
                            .update();
                }
            }
            for (var key : List.copyOf(inner.keySet())) {
                if (random.nextInt(3) == 0) {
                    var g = inner.remove(key);
                    AccountDatabase.DB
                            .sql(
                                    "delete from acl_grant where acl_id = %s and user_id is not distinct from %s and group_id is not distinct from %s"
                                            .formatted(
                                                    g.acl(),
                                                    literal(g.person()),
                                                    literal(g.group())))
                            .update();
                }
            }
            for (var member : List.copyOf(members)) {
                if (random.nextInt(4) == 0) {
                    members.remove(member);
                    AccountDatabase.DB
                            .sql(
                                    "delete from user_group_member where group_id = '%s' and user_id = '%s'"
                                            .formatted(member.first(), member.second()))
                            .update();
                }
            }
        }

        void check() {
            for (var person : people) {
                var user = new Principal.User(person.id(), "p", person.admin());
                checkInside(person, user);
                checkWall(person, user);
                for (var base : bases.keySet()) {
                    var id = new KnowledgeBaseId(base);
                    var expected = shown(rights(person, base), base, acl -> inside(person, acl));
                    same(accounts.access.rights(user, id), expected, seed);
                    for (var key : keys) {
                        if (hasAcls(base)) {
                            continue; // checkInside
                        }
                        var alone =
                                new Principal.Key(
                                        key.id(), "k", key.all(), key.scopes(), true, null, null);
                        var ofKey = rights(key, base);
                        same(accounts.access.rights(alone, id), ofKey, seed);
                        var both = new HashSet<>(ofKey);
                        both.retainAll(expected);
                        same(accounts.access.rights(alone.actingFor(user), id), both, seed);
                    }
                }
            }
        }

        /// A query without any condition, run as this person and as each key.
        void checkWall(Person person, Principal.User user) {
            same(
                    seen(accounts.access.everythingFor(user)),
                    readable(
                            document ->
                                    document.acl() == null
                                            ? rights(person, document.base())
                                            : inside(person, document.acl())),
                    seed);
            for (var key : keys) {
                var alone =
                        new Principal.Key(key.id(), "k", key.all(), key.scopes(), true, null, null);
                same(
                        seen(accounts.access.everythingFor(alone)),
                        readable(
                                document ->
                                        document.acl() == null
                                                ? rights(key, document.base())
                                                : inside(key, document.acl())),
                        seed);
            }
        }

        Set<UUID> seen(Scope scope) {
            return AccountDatabase.READERS.within(
                    scope.reach(),
                    reader ->
                            Set.copyOf(
                                    reader.sql("select id from document")
                                            .query(UUID.class)
                                            .list()));
        }

        Set<UUID> readable(java.util.function.Function<Document, Set<Right>> rights) {
            Set<UUID> readable = new HashSet<>();
            for (var document : documents) {
                if (rights.apply(document).contains(Right.READ)) {
                    readable.add(document.id());
                }
            }
            return readable;
        }

        boolean hasAcls(UUID base) {
            return acls.stream().anyMatch(acl -> acl.base().equals(base));
        }

        /// Whoever may read anything inside may see that the base is there, and ask it.
        Set<Right> shown(
                Set<Right> inBase, UUID base, java.util.function.Function<Acl, Set<Right>> inside) {
            Set<Right> shown = new HashSet<>(inBase);
            for (var acl : acls) {
                if (acl.base().equals(base)) {
                    var rights = new HashSet<>(inside.apply(acl));
                    rights.retainAll(Set.of(Right.READ, Right.ASK));
                    shown.addAll(rights);
                }
            }
            return shown;
        }

        /// Each right in each place with rights of its own, and in what has none.
        void checkInside(Person person, Principal.User user) {
            for (var right : List.of(Right.READ, Right.EDIT)) {
                var scope = accounts.access.everythingFor(user, right);
                for (var acl : acls) {
                    same(
                            scope.allows(new KnowledgeBaseId(acl.base()), acl.id()),
                            inside(person, acl).contains(right),
                            seed);
                }
                for (var base : bases.keySet()) {
                    same(
                            scope.allows(new KnowledgeBaseId(base), 0),
                            rights(person, base).contains(right),
                            seed);
                }
                for (var key : keys) {
                    checkInside(person, user, key, right, scope);
                }
            }
        }

        void checkInside(Person person, Principal.User user, Key key, Right right, Scope ofPerson) {
            var alone = new Principal.Key(key.id(), "k", key.all(), key.scopes(), true, null, null);
            var ofKey = accounts.access.everythingFor(alone, right);
            var acting = accounts.access.everythingFor(alone.actingFor(user), right);
            for (var acl : acls) {
                var base = new KnowledgeBaseId(acl.base());
                same(ofKey.allows(base, acl.id()), inside(key, acl).contains(right), seed);
                same(
                        acting.allows(base, acl.id()),
                        inside(person, acl).contains(right)
                                && rights(key, acl.base()).contains(right),
                        seed);
                if (acting.allows(base, acl.id())) {
                    assertThat(ofPerson.allows(base, acl.id())).isTrue();
                }
            }
        }

        Set<Right> inside(Person person, Acl acl) {
            var inBase = rights(person, acl.base());
            if (inBase.contains(Right.MANAGE)) {
                return inBase;
            }
            Set<Right> rights = new HashSet<>(above(acl, inBase, other -> inside(person, other)));
            for (var grant : inner.values()) {
                if (grant.acl() == acl.id()
                        && person.enabled()
                        && bases.get(acl.base())
                        && reaches(
                                new Grant(acl.base(), grant.person(), grant.group(), grant.role()),
                                person)) {
                    rights.addAll(grant.role().rights());
                }
            }
            return rights;
        }

        Set<Right> inside(Key key, Acl acl) {
            var inBase = rights(key, acl.base());
            return inBase.contains(Right.MANAGE)
                    ? inBase
                    : above(acl, inBase, other -> inside(key, other));
        }

        Set<Right> above(
                Acl acl, Set<Right> inBase, java.util.function.Function<Acl, Set<Right>> inside) {
            if (acl.closed()) {
                return Set.of();
            }
            return acl.parent() == null
                    ? inBase
                    : inside.apply(
                            acls.stream()
                                    .filter(other -> other.id() == acl.parent())
                                    .findFirst()
                                    .orElseThrow());
        }

        Set<Right> rights(Person person, UUID base) {
            Set<Right> rights = new HashSet<>();
            if (!person.enabled() || !bases.get(base)) {
                return rights;
            }
            if (person.admin()) {
                rights.addAll(List.of(Right.values()));
            }
            for (var grant : grants.values()) {
                if (grant.base().equals(base) && reaches(grant, person)) {
                    rights.addAll(grant.role().rights());
                }
            }
            return rights;
        }

        boolean reaches(Grant grant, Person person) {
            if (grant.person() != null) {
                return grant.person().equals(person.id());
            }
            if (grant.group() == null) {
                return true;
            }
            for (var member : members) {
                if (member.second().equals(person.id())
                        && (member.first().equals(grant.group())
                                || nested.contains(new Pair(grant.group(), member.first())))) {
                    return true;
                }
            }
            return false;
        }

        Set<Right> rights(Key key, UUID base) {
            Set<Right> rights = new HashSet<>();
            if (!bases.get(base) || !key.all() && !key.bases().contains(base)) {
                return rights;
            }
            if (key.scopes().contains(KeyScope.SEARCH)) {
                rights.add(Right.READ);
            }
            if (key.scopes().contains(KeyScope.ASK)) {
                rights.add(Right.ASK);
            }
            if (key.scopes().contains(KeyScope.UPLOAD)) {
                rights.add(Right.UPLOAD);
            }
            if (key.scopes().contains(KeyScope.MANAGE)) {
                rights.addAll(List.of(Right.EDIT, Right.MANAGE));
            }
            return rights;
        }
    }

    private static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static String literal(@Nullable UUID id) {
        return id == null ? "null" : "'" + id + "'";
    }
}
