package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.embed.Embedders;
import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import io.zhiwen.ingest.embed.ServedSpace;
import io.zhiwen.ingest.store.BaseSpaces;
import io.zhiwen.ingest.store.SpaceChange;
import io.zhiwen.ingest.store.SpaceChanges;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Which model gives the vectors each base is searched with. A change makes the new ones beside
/// those in use, and questions go to them when the last is there. Safe for concurrent use.
@Component
public class VectorSpaces {

    /// How the bundled encoders are called where models have names.
    public static final String BUNDLED = "bundled";

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Embedders embedders;
    private final BaseSpaces spaces;
    private final SpaceChanges changes;

    VectorSpaces(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Embedders embedders,
            BaseSpaces spaces,
            SpaceChanges changes) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.embedders = embedders;
        this.spaces = spaces;
        this.changes = changes;
    }

    /// @param model `bundled`, or as its server names it
    /// @param models to choose from
    /// @param change while there is one under way
    public record View(String model, List<String> models, @Nullable Change change) {}

    /// @param model to come
    /// @param done passages that have their vector already
    /// @param waitsFor what keeps it from going on; null while it does
    public record Change(String model, int done, int total, @Nullable String waitsFor) {}

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public View of(Principal who, KnowledgeBaseId base) {
        requireBase(who, base);
        Change change =
                changes.of(base)
                        .filter(one -> one.state() == SpaceChange.State.BUILDING)
                        .map(
                                one ->
                                        new Change(
                                                name(Optional.ofNullable(one.target())),
                                                one.done(),
                                                one.total(),
                                                one.waitsFor()))
                        .orElse(null);
        return new View(name(spaces.of(base)), models(), change);
    }

    /// Begins the change to a model; to the one in use it ends one that is under way.
    ///
    /// @param model one of those to choose from
    /// @throws IllegalArgumentException for any other
    /// @throws EmbeddingUnavailable when its server gives no vectors now; nothing has changed then
    public View choose(Principal who, KnowledgeBaseId base, String model) {
        View now = of(who, base);
        if (!now.models().contains(model)) {
            throw new IllegalArgumentException(model + " is no model there is");
        }
        if (model.equals(now.model())) {
            abandon(who, base);
        } else if (now.change() == null || !now.change().model().equals(model)) {
            start(who, base, model);
        }
        return of(who, base);
    }

    private void start(Principal who, KnowledgeBaseId base, String model) {
        Integer space = model.equals(BUNDLED) ? null : spaces.keep(embedders.probe(model));
        transaction.executeWithoutResult(
                _ -> {
                    changes.start(base, space, who.label());
                    audit.record(who, "base.embedding", Bases.object(base), Map.of("model", model));
                });
    }

    /// Ends a change that is under way; the base stays with the vectors it has.
    public View abandon(Principal who, KnowledgeBaseId base) {
        requireBase(who, base);
        transaction.executeWithoutResult(
                _ -> {
                    if (changes.abandon(base)) {
                        audit.record(who, "base.embedding-abandoned", Bases.object(base), Map.of());
                    }
                });
        return of(who, base);
    }

    private void requireBase(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        boolean there =
                db.sql(
                                """
                                select exists (select from knowledge_base
                                    where id = :id and deleted_at is null)
                                """)
                        .param("id", base.value())
                        .query(Boolean.class)
                        .single();
        if (!there) {
            throw new NoSuchKnowledgeBase(base);
        }
    }

    private List<String> models() {
        return Stream.concat(Stream.of(BUNDLED), embedders.models().stream()).toList();
    }

    private static String name(Optional<ServedSpace> space) {
        return space.map(one -> one.space().model()).orElse(BUNDLED);
    }
}
