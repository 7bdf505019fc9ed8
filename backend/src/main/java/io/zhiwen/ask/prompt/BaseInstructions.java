package io.zhiwen.ask.prompt;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The instructions of each base and of what is asked through an assistant, in the database. Safe
/// for concurrent use.
@Component
public class BaseInstructions implements InstructionsOf {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;

    BaseInstructions(JdbcClient db, TransactionOperations transaction, Access access, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
    }

    @Override
    public Instructions in(Scope scope) {
        return scope.assistant()
                .flatMap(this::ofAssistant)
                .filter(told -> !told.equals(Instructions.NONE))
                .orElseGet(() -> ofBases(scope));
    }

    private Optional<Instructions> ofAssistant(UUID assistant) {
        return db.sql(
                        """
                        select prompt_role, prompt_task, prompt_requirements, prompt_notes
                        from assistant where id = :id
                        """)
                .param("id", assistant)
                .query((row, _) -> instructions(row))
                .optional();
    }

    private Instructions ofBases(Scope scope) {
        List<Instructions> told =
                db.sql(
                                """
                                select distinct prompt_role, prompt_task, prompt_requirements,
                                    prompt_notes
                                from knowledge_base where id = any(:ids) and deleted_at is null
                                limit 2
                                """)
                        .param("ids", Reach.ids(scope.shared()))
                        .query((row, _) -> instructions(row))
                        .list();
        return told.size() == 1 ? told.getFirst() : Instructions.NONE;
    }

    /// Of those of the bases that have any.
    public Map<KnowledgeBaseId, Instructions> told(Collection<KnowledgeBaseId> bases) {
        Map<KnowledgeBaseId, Instructions> told = new HashMap<>();
        db.sql(
                        """
                        select id, prompt_role, prompt_task, prompt_requirements, prompt_notes
                        from knowledge_base
                        where id = any(:ids) and deleted_at is null and prompt_role || prompt_task
                            || prompt_requirements || prompt_notes <> ''
                        """)
                .param("ids", Reach.ids(bases))
                .query(
                        row -> {
                            var base = new KnowledgeBaseId(row.getObject("id", UUID.class));
                            told.put(base, instructions(row));
                        });
        return told;
    }

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public Instructions of(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        return read(base).orElseThrow(() -> new NoSuchKnowledgeBase(base));
    }

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public void save(Principal who, KnowledgeBaseId base, Instructions instructions) {
        access.require(who, base, Right.MANAGE);
        transaction.executeWithoutResult(
                _ -> {
                    int updated =
                            db.sql(
                                            """
                                            update knowledge_base set prompt_role = :role, prompt_task = :task,
                                                prompt_requirements = :requirements, prompt_notes = :notes
                                            where id = :id and deleted_at is null
                                            """)
                                    .param("role", instructions.role())
                                    .param("task", instructions.task())
                                    .param("requirements", instructions.requirements())
                                    .param("notes", instructions.notes())
                                    .param("id", base.value())
                                    .update();
                    if (updated != 1) {
                        throw new NoSuchKnowledgeBase(base);
                    }
                    audit.record(who, "base.prompt", "base:" + base, Map.of());
                });
    }

    private Optional<Instructions> read(KnowledgeBaseId base) {
        return db.sql(
                        """
                        select prompt_role, prompt_task, prompt_requirements, prompt_notes
                        from knowledge_base where id = :id and deleted_at is null
                        """)
                .param("id", base.value())
                .query((row, _) -> instructions(row))
                .optional();
    }

    private static Instructions instructions(ResultSet row) throws SQLException {
        return new Instructions(
                row.getString("prompt_role"),
                row.getString("prompt_task"),
                row.getString("prompt_requirements"),
                row.getString("prompt_notes"));
    }
}
