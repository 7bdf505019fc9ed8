package io.zhiwen.assistant;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.assistant.AssistantRefused.Reason;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The assistants. Who may ask one of its bases uses it while it is on; who manages all of them
/// changes it, and admins do. For everybody else it is not there. Safe for concurrent use.
@Component
public class Assistants {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;

    Assistants(JdbcClient db, TransactionOperations transaction, Access access, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
    }

    /// Those somebody may use or change, in the order of their names.
    public List<SeenAssistant> of(Principal who) {
        return seen(who, AssistantRows.all(db));
    }

    /// Those of them that answer.
    public List<Assistant> usable(Principal who) {
        return of(who).stream()
                .filter(SeenAssistant::usable)
                .map(SeenAssistant::assistant)
                .toList();
    }

    /// The one of this id or name that answers them.
    public Optional<Assistant> named(Principal who, String idOrName) {
        var usable = usable(who);
        return usable.stream()
                .filter(one -> one.id().toString().equals(idOrName))
                .findFirst()
                .or(
                        () ->
                                usable.stream()
                                        .filter(one -> one.name().equalsIgnoreCase(idOrName))
                                        .findFirst());
    }

    /// Empty also when it is not for them.
    public Optional<SeenAssistant> find(Principal who, UUID id) {
        return seen(who, AssistantRows.one(db, id).stream().toList()).stream().findFirst();
    }

    /// Whether there is something of which somebody may make one.
    public boolean mayCreate(Principal who) {
        return who.isAdmin() || !access.everythingFor(who, Right.MANAGE).isEmpty();
    }

    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when a base is not there for them
    /// @throws NotAllowed when they do not manage one
    /// @throws AssistantRefused when it cannot be so
    public SeenAssistant create(Principal who, AssistantWish wish) {
        mustManage(who, wish.bases());
        UUID id = UUID.randomUUID();
        changing(
                () -> {
                    mayChoose(who, null, wish.server());
                    db.sql(
                                    """
                                    insert into assistant (id, name, description, prompt_role,
                                        prompt_task, prompt_requirements, prompt_notes,
                                        model_server_id, openings, enabled)
                                    values (:id, :name, :description, :role, :task, :requirements,
                                        :notes, cast(:server as uuid), :openings, :enabled)
                                    """)
                            .param("id", id)
                            .params(AssistantRows.fields(wish))
                            .update();
                    give(id, wish.bases());
                    record(who, "assistant.create", id, wish);
                });
        return find(who, id).orElseThrow();
    }

    /// Whole, in force with the next question.
    ///
    /// @return empty when there is none for them
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when a base is not there for them
    /// @throws NotAllowed when they do not manage one it has or is to have
    /// @throws AssistantRefused when it cannot be so
    public Optional<SeenAssistant> change(Principal who, UUID id, AssistantWish wish) {
        if (find(who, id).isEmpty()) {
            return Optional.empty();
        }
        mustManage(who, wish.bases());
        changing(
                () -> {
                    Assistant before = locked(who, id);
                    mayChoose(who, before.server(), wish.server());
                    db.sql(
                                    """
                                    update assistant set name = :name, description = :description,
                                        prompt_role = :role, prompt_task = :task,
                                        prompt_requirements = :requirements, prompt_notes = :notes,
                                        model_server_id = cast(:server as uuid),
                                        openings = :openings, enabled = :enabled,
                                        updated_at = now()
                                    where id = :id
                                    """)
                            .param("id", id)
                            .params(AssistantRows.fields(wish))
                            .update();
                    db.sql("delete from assistant_base where assistant_id = :id")
                            .param("id", id)
                            .update();
                    give(id, wish.bases());
                    record(who, "assistant.change", id, wish);
                });
        return find(who, id);
    }

    /// Chats that went through it have to choose anew.
    ///
    /// @return false when there is none for them
    /// @throws NotAllowed when they do not manage one of its bases
    public boolean delete(Principal who, UUID id) {
        if (find(who, id).isEmpty()) {
            return false;
        }
        transaction.executeWithoutResult(
                _ -> {
                    Assistant gone = locked(who, id);
                    db.sql("delete from assistant where id = :id").param("id", id).update();
                    audit.record(who, "assistant.delete", object(id), Map.of("name", gone.name()));
                });
        return true;
    }

    private List<SeenAssistant> seen(Principal who, List<Assistant> all) {
        var asked = access.everythingFor(who, Right.ASK).bases();
        var managed = access.everythingFor(who, Right.MANAGE);
        return all.stream()
                .flatMap(
                        one -> {
                            boolean changeable = who.isAdmin() || isWithin(managed, one);
                            boolean usable =
                                    one.isOn() && one.bases().stream().anyMatch(asked::contains);
                            return usable || changeable
                                    ? Stream.of(
                                            new SeenAssistant(
                                                    changeable ? one : one.shownWith(asked),
                                                    one.isOn(),
                                                    usable,
                                                    changeable))
                                    : Stream.empty();
                        })
                .toList();
    }

    private static boolean isWithin(Scope managed, Assistant one) {
        return !one.bases().isEmpty()
                && one.bases().stream().allMatch(base -> managed.allows(base, Reach.NO_ACL));
    }

    /// For one change; who may make it may have changed since it was looked at.
    private Assistant locked(Principal who, UUID id) {
        db.sql("select 1 from assistant where id = :id for update")
                .param("id", id)
                .query((_, _) -> 1)
                .optional();
        return find(who, id)
                .filter(SeenAssistant::changeable)
                .map(SeenAssistant::assistant)
                .orElseThrow(() -> new NotAllowed("change an assistant of others"));
    }

    private void mustManage(Principal who, Collection<KnowledgeBaseId> bases) {
        bases.forEach(base -> access.require(who, base, Right.MANAGE));
    }

    /// A server is where a base's text is sent, so choosing one is for admins.
    private void mayChoose(Principal who, @Nullable UUID before, @Nullable UUID server) {
        if (Objects.equals(before, server)) {
            return;
        }
        if (!who.isAdmin()) {
            throw new AssistantRefused(Reason.SERVER_FOR_ADMINS);
        }
        if (server != null
                && db.sql("select 1 from model_server where id = :id for share")
                        .param("id", server)
                        .query((_, _) -> 1)
                        .optional()
                        .isEmpty()) {
            throw new AssistantRefused(Reason.NO_SUCH_SERVER);
        }
    }

    private void give(UUID id, Collection<KnowledgeBaseId> bases) {
        db.sql("insert into assistant_base select :id, unnest(cast(:bases as uuid[]))")
                .param("id", id)
                .param("bases", Reach.ids(bases))
                .update();
    }

    private void changing(Runnable change) {
        try {
            transaction.executeWithoutResult(_ -> change.run());
        } catch (DuplicateKeyException e) {
            throw new AssistantRefused(Reason.NAME_TAKEN);
        }
    }

    private void record(Principal who, String action, UUID id, AssistantWish wish) {
        audit.record(
                who,
                action,
                object(id),
                Map.of(
                        "name", wish.name(),
                        "bases", wish.bases().stream().map(Object::toString).sorted().toList(),
                        "server", Objects.toString(wish.server(), ""),
                        "enabled", wish.enabled()));
    }

    private static String object(UUID id) {
        return "assistant:" + id;
    }
}
