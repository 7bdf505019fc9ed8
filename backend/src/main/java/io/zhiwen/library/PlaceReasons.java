package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Reasons;
import io.zhiwen.account.Right;
import io.zhiwen.account.Why;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Says why somebody may do what they may with a folder or document: what the base gives them, and
/// what each place on the way down adds or shuts out.
@Component
public class PlaceReasons {

    private final JdbcClient db;
    private final Access access;
    private final Reasons reasons;
    private final PlaceGrants places;

    PlaceReasons(JdbcClient db, Access access, Reasons reasons, PlaceGrants places) {
        this.db = db;
        this.access = access;
        this.reasons = reasons;
        this.places = places;
    }

    /// One place on the way down.
    ///
    /// @param name of the folder or document; empty for the base
    /// @param closed whether nothing above counts from here on
    public record Step(String name, boolean closed, List<Why> why) {}

    /// @param role that comes of it; null for none
    public record Explanation(@Nullable BaseRole role, List<Step> steps) {}

    public Explanation of(Principal actor, Place place, UUID person) {
        var base = places.of(actor, place).base();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("", false, reasons.of(actor, person, base)));
        long acl = Reach.NO_ACL;
        for (var guarded : way(place)) {
            acl = guarded.acl();
            steps.add(
                    new Step(
                            guarded.name(),
                            guarded.closed(),
                            reasons.inside(actor, person, base, acl)));
        }
        return new Explanation(role(person, base, acl), steps);
    }

    private @Nullable BaseRole role(UUID person, KnowledgeBaseId base, long acl) {
        var who = new Principal.User(person, "", false);
        if (access.rights(who, base).contains(Right.MANAGE)) {
            return BaseRole.MANAGER;
        }
        if (access.everythingFor(who, Right.EDIT).allows(base, acl)) {
            return BaseRole.EDITOR;
        }
        return access.everythingFor(who).allows(base, acl) ? BaseRole.READER : null;
    }

    private record Guarded(String name, long acl, boolean closed) {}

    /// The folders above and the place itself, from the top: those that have rights of their own.
    private List<Guarded> way(Place place) {
        String first =
                switch (place) {
                    case Place.InFolder _ ->
                            "select parent_id, name, own_acl_id, 1 as step from folder where id = :id";
                    case Place.InDocument _ ->
                            """
                            select folder_id as parent_id, name, own_acl_id, 1 as step
                            from document where id = :id""";
                };
        return db.sql(
                        """
                        with recursive way as (
                            %s
                            union all
                            select f.parent_id, f.name, f.own_acl_id, w.step + 1 from folder f
                            join way w on f.id = w.parent_id)
                        select w.name, w.own_acl_id, a.closed from way w
                        join acl a on a.id = w.own_acl_id
                        order by w.step desc
                        """
                                .formatted(first))
                .param("id", place.row())
                .query(
                        (row, _) ->
                                new Guarded(
                                        row.getString("name"),
                                        row.getLong("own_acl_id"),
                                        row.getBoolean("closed")))
                .list();
    }
}
