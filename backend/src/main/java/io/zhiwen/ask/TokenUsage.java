package io.zhiwen.ask;

import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The tokens of chat models by day (UTC), asker and base, in the database. Answers under way when
/// a limit is reached are written to their end. Safe for concurrent use.
@Component
public class TokenUsage implements TokenLedger {

    /// One asker's tokens in one base on one day.
    ///
    /// @param askerName null when the person or key is gone
    /// @param person false for an API key
    /// @param baseName null when the base is gone
    /// @param estimatedTokens how many of them no server counted
    public record Row(
            LocalDate day,
            UUID asker,
            @Nullable String askerName,
            boolean person,
            UUID base,
            @Nullable String baseName,
            long promptTokens,
            long answerTokens,
            long estimatedTokens,
            long answers) {

        public long tokens() {
            return promptTokens + answerTokens;
        }

        /// Whether it was spent on questions over several bases, none of which answered.
        public boolean isOfSeveral() {
            return base.equals(SEVERAL_BASES.value());
        }
    }

    private final JdbcClient db;
    private final Supplier<TokenSettings> settings;

    TokenUsage(JdbcClient db, Supplier<TokenSettings> settings) {
        this.db = db;
        this.settings = settings;
    }

    /// Tokens an asker may use a day, unless it is a key with a limit of its own; 0 for no limit.
    public long limit() {
        return settings.get().perDay();
    }

    @Override
    public Optional<UsedUp> usedUp(String asker, KnowledgeBaseId base) {
        if (asker.isEmpty()) {
            return Optional.empty();
        }
        return db.sql(
                        """
                        select case
                            when asker.per_day > 0 and asker.per_day <= (
                                select coalesce(sum(prompt_tokens + answer_tokens), 0)
                                from token_usage where day = today.day and asker_id = :asker)
                            then 'ASKER'
                            when base.per_day <= (
                                select coalesce(sum(prompt_tokens + answer_tokens), 0)
                                from token_usage
                                where day = today.day and knowledge_base_id = :base)
                            then 'BASE' else '' end
                        from (select (now() at time zone 'UTC')::date as day) today,
                            (select coalesce(
                                (select tokens_per_day from api_key where id = :asker),
                                (select tokens_per_day from app_user where id = :asker),
                                :usual) as per_day) asker,
                            (select (select tokens_per_day from knowledge_base where id = :base)
                                as per_day) base""")
                .param("asker", UUID.fromString(asker))
                .param("base", base.value())
                .param("usual", settings.get().perDay())
                .query(String.class)
                .optional()
                .filter(used -> !used.isEmpty())
                .map(UsedUp::valueOf);
    }

    /// Whether nothing more may be spent for them.
    public boolean isUsedUp(String asker, KnowledgeBaseId base) {
        return usedUp(asker, base).isPresent();
    }

    @Override
    public void add(String asker, KnowledgeBaseId base, Spending spending) {
        if (asker.isEmpty()) {
            return;
        }
        db.sql(
                        """
                        insert into token_usage as u
                        values ((now() at time zone 'UTC')::date, :asker, :base, :prompt, :answer,
                            :answers, :estimated)
                        on conflict (day, asker_id, knowledge_base_id) do update set
                            prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
                            answer_tokens = u.answer_tokens + excluded.answer_tokens,
                            answers = u.answers + excluded.answers,
                            estimated_tokens = u.estimated_tokens + excluded.estimated_tokens""")
                .param("asker", UUID.fromString(asker))
                .param("base", base.value())
                .param("prompt", spending.prompt())
                .param("answer", spending.answer())
                .param("answers", spending.answers())
                .param("estimated", spending.estimated())
                .update();
    }

    /// Of the last days, today included; newest first, then most tokens first.
    ///
    /// @throws NotAllowed for others than admins
    public List<Row> of(Principal admin, int days) {
        NotAllowed.unlessAdmin(admin, "the use of tokens is for admins");
        return db.sql(
                        """
                        select u.*, p.id is not null as person, coalesce(p.name, k.name) as asker_name,
                            b.name as base_name
                        from token_usage u
                        left join app_user p on p.id = u.asker_id
                        left join api_key k on k.id = u.asker_id
                        left join knowledge_base b on b.id = u.knowledge_base_id
                        where day > (now() at time zone 'UTC')::date - :days
                        order by day desc, prompt_tokens + answer_tokens desc, asker_id, b.id""")
                .param("days", days)
                .query(
                        (row, _) ->
                                new Row(
                                        row.getObject("day", LocalDate.class),
                                        row.getObject("asker_id", UUID.class),
                                        row.getString("asker_name"),
                                        row.getBoolean("person"),
                                        row.getObject("knowledge_base_id", UUID.class),
                                        row.getString("base_name"),
                                        row.getLong("prompt_tokens"),
                                        row.getLong("answer_tokens"),
                                        row.getLong("estimated_tokens"),
                                        row.getLong("answers")))
                .list();
    }
}
