package io.zhiwen.conversation;

import io.zhiwen.account.Principal;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What a user wants every chat of theirs to know about them. Nobody else sees it, admins neither:
/// it is in no trace and no audit row. Safe for concurrent use.
@Component
public class LastingNotes {

    public static final int MOST = 20;
    public static final int LONGEST = 300;

    public record Note(UUID id, String text) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;

    LastingNotes(JdbcClient db, TransactionOperations transaction) {
        this.db = db;
        this.transaction = transaction;
    }

    /// Oldest first.
    public List<Note> of(Principal.User owner) {
        return db.sql(
                        "select id, text from user_note where user_id = :owner order by created_at, id")
                .param("owner", owner.id())
                .query((row, _) -> new Note(row.getObject("id", UUID.class), row.getString("text")))
                .list();
    }

    /// @throws NoteRefused when it is empty, too long or one too many
    public Note add(Principal.User owner, String text) {
        var note = new Note(UUID.randomUUID(), checked(text));
        transaction.executeWithoutResult(
                _ -> {
                    // of two at once the second counts the first
                    db.sql("select 1 from app_user where id = :owner for update")
                            .param("owner", owner.id())
                            .query(Integer.class)
                            .single();
                    if (of(owner).size() >= MOST) {
                        throw new NoteRefused("many", MOST);
                    }
                    db.sql("insert into user_note (id, user_id, text) values (:id, :owner, :text)")
                            .param("id", note.id())
                            .param("owner", owner.id())
                            .param("text", note.text())
                            .update();
                });
        return note;
    }

    /// @return false when the owner has no such note
    /// @throws NoteRefused when it is empty or too long
    public boolean change(Principal.User owner, UUID id, String text) {
        return db.sql("update user_note set text = :text where id = :id and user_id = :owner")
                        .param("text", checked(text))
                        .param("id", id)
                        .param("owner", owner.id())
                        .update()
                == 1;
    }

    /// @return false when the owner has no such note
    public boolean delete(Principal.User owner, UUID id) {
        return db.sql("delete from user_note where id = :id and user_id = :owner")
                        .param("id", id)
                        .param("owner", owner.id())
                        .update()
                == 1;
    }

    private static String checked(String text) {
        String line = text.replace('\0', ' ').replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            throw new NoteRefused("empty", 1);
        }
        if (line.length() > LONGEST) {
            throw new NoteRefused("long", LONGEST);
        }
        return line;
    }
}
