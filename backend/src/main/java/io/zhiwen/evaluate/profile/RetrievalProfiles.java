package io.zhiwen.evaluate.profile;

import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.AnswerSettings;
import io.zhiwen.ask.LiveProfile;
import io.zhiwen.ask.Profile;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.evaluate.profile.ProfileRefused.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The stored profiles and which of them is live. Which one it is, is read from the database for
/// each question: a change holds on every node with the next one. Safe for concurrent use.
@Component
public class RetrievalProfiles implements LiveProfile {

    private static final String WHAT = "retrieval profiles are for admins";
    private static final int LONGEST_NAME = 80;

    private static final String LIVE =
            "(select l.profile_id from retrieval_profile_live l order by l.id desc limit 1)";

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;
    private final Profile settings;

    RetrievalProfiles(
            JdbcClient db,
            TransactionOperations transaction,
            Audit audit,
            RetrievalProfile retrieval,
            AnswerSettings answers) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
        this.settings = new Profile(retrieval, answers);
    }

    @Override
    public Profile now() {
        return db.sql("select p.profile from retrieval_profile p where p.id = " + LIVE)
                .query(String.class)
                .optional()
                .map(json -> ProfileValues.ofJson(json).over(settings))
                .orElse(settings);
    }

    /// As questions are answered by it.
    public Profile of(StoredProfile profile) {
        return profile.isOfSettings() ? settings : profile.values().over(settings);
    }

    /// The one of the settings first, then by age.
    public List<StoredProfile> all(Principal principal) {
        NotAllowed.unlessAdmin(principal, WHAT);
        List<StoredProfile> stored =
                db.sql(
                                """
                                select p.*, p.id is not distinct from %s as live
                                from retrieval_profile p order by p.created_at, p.id
                                """
                                        .formatted(LIVE))
                        .query((row, _) -> profile(row))
                        .list();
        List<StoredProfile> all = new ArrayList<>();
        boolean settingsLive = stored.stream().noneMatch(StoredProfile::live);
        all.add(
                new StoredProfile(
                        null, "", ProfileValues.of(settings), "", Instant.EPOCH, settingsLive));
        all.addAll(stored);
        return all;
    }

    /// @param id null for the one of the settings
    public Optional<StoredProfile> find(Principal principal, @Nullable UUID id) {
        return all(principal).stream()
                .filter(one -> java.util.Objects.equals(one.id(), id))
                .findFirst();
    }

    public StoredProfile live(Principal principal) {
        return all(principal).stream().filter(StoredProfile::live).findFirst().orElseThrow();
    }

    /// @throws ProfileRefused when the name cannot be used
    public StoredProfile create(Principal principal, String name, ProfileValues values) {
        NotAllowed.unlessAdmin(principal, WHAT);
        String clean = name.replace('\u0000', ' ').strip();
        if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
            throw ProfileRefused.because(Reason.NAME);
        }
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(
                _ -> {
                    int made =
                            db.sql(
                                            """
                                            insert into retrieval_profile (id, name, profile, created_by)
                                            values (:id, :name, cast(:profile as jsonb), :by)
                                            on conflict do nothing
                                            """)
                                    .param("id", id)
                                    .param("name", clean)
                                    .param("profile", values.json())
                                    .param("by", principal.label())
                                    .update();
                    if (made == 0) {
                        throw ProfileRefused.because(Reason.NAME_TAKEN);
                    }
                    audit.record(
                            principal,
                            "retrieval-profile.create",
                            "retrieval-profile:" + id,
                            Map.of("name", clean, "profile", values.json()));
                });
        return find(principal, id).orElseThrow();
    }

    /// @return false when it is not there
    /// @throws ProfileRefused when it is or was live
    public boolean delete(Principal principal, UUID id) {
        NotAllowed.unlessAdmin(principal, WHAT);
        try {
            return Boolean.TRUE.equals(
                    transaction.execute(
                            _ -> {
                                int gone =
                                        db.sql("delete from retrieval_profile where id = :id")
                                                .param("id", id)
                                                .update();
                                if (gone == 1) {
                                    audit.record(
                                            principal,
                                            "retrieval-profile.delete",
                                            "retrieval-profile:" + id,
                                            Map.of());
                                }
                                return gone == 1;
                            }));
        } catch (DataIntegrityViolationException _) {
            throw ProfileRefused.because(Reason.IN_USE);
        }
    }

    /// Every node answers by it from its next question on.
    ///
    /// @param gated whether golden questions were asked first; it is the caller's to ask them
    public void makeLive(Principal principal, StoredProfile profile, boolean gated) {
        NotAllowed.unlessAdmin(principal, WHAT);
        transaction.executeWithoutResult(
                _ -> {
                    db.sql(
                                    """
                                    insert into retrieval_profile_live (profile_id, gated, made_by)
                                    values (:profile, :gated, :by)
                                    """)
                            .param("profile", profile.id())
                            .param("gated", gated)
                            .param("by", principal.label())
                            .update();
                    audit.record(
                            principal,
                            "retrieval-profile.live",
                            "retrieval-profile:" + (profile.id() == null ? "" : profile.id()),
                            Map.of("name", profile.name(), "gated", gated));
                });
    }

    /// Newest first.
    public List<LiveSince> history(Principal principal) {
        NotAllowed.unlessAdmin(principal, WHAT);
        return db.sql(
                        """
                        select p.name, l.gated, l.made_by, l.made_at
                        from retrieval_profile_live l
                        left join retrieval_profile p on p.id = l.profile_id
                        order by l.id desc limit 50
                        """)
                .query(
                        (row, _) ->
                                new LiveSince(
                                        row.getString(1),
                                        row.getBoolean(2),
                                        row.getString(3),
                                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }

    private static StoredProfile profile(ResultSet row) throws SQLException {
        return new StoredProfile(
                row.getObject("id", UUID.class),
                row.getString("name"),
                ProfileValues.ofJson(row.getString("profile")),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("live"));
    }
}
