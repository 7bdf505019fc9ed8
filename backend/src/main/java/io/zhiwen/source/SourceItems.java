package io.zhiwen.source;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.BroughtDocuments.Named;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What sources remember of their things. Writes in the caller's transaction.
@Component
final class SourceItems {

    private final JdbcClient db;

    SourceItems(JdbcClient db) {
        this.db = db;
    }

    /// By address.
    Map<String, Item> of(SourceId source) {
        Map<String, Item> items = new HashMap<>();
        db.sql(
                        """
                        select i.address, d.id as document, i.made, i.fingerprint, i.sha256
                        from source_item i
                        left join document d on d.id = i.document_id and d.deleted_at is null
                        where i.source_id = :source
                        """)
                .param("source", source.value())
                .query(
                        row -> {
                            UUID document = row.getObject("document", UUID.class);
                            String address = row.getString("address");
                            items.put(
                                    address,
                                    new Item(
                                            address,
                                            document == null ? null : new DocumentId(document),
                                            row.getBoolean("made"),
                                            row.getString("fingerprint"),
                                            row.getString("sha256")));
                        });
        return items;
    }

    /// Its bytes are what they were.
    void same(SourceId source, String address, String fingerprint) {
        db.sql(
                        """
                        update source_item set fingerprint = :fingerprint
                        where source_id = :source and address = :address
                        """)
                .param("source", source.value())
                .param("address", address)
                .param("fingerprint", fingerprint)
                .update();
    }

    void put(SourceId source, Item item, Named named) {
        DocumentId document = item.document();
        db.sql(
                        """
                        insert into source_item (source_id, address, document_id, made, fingerprint,
                            sha256, name, link)
                        values (:source, :address, :document, :made, :fingerprint, :sha256, :name,
                            :link)
                        on conflict (source_id, address) do update set
                            document_id = excluded.document_id, made = excluded.made,
                            fingerprint = excluded.fingerprint, sha256 = excluded.sha256,
                            name = excluded.name, link = excluded.link
                        """)
                .param("source", source.value())
                .param("address", item.address())
                .param("document", document == null ? null : document.value(), Types.OTHER)
                .param("made", item.made())
                .param("fingerprint", item.fingerprint())
                .param("sha256", item.sha256())
                .param("name", named.name())
                .param("link", named.link(), Types.VARCHAR)
                .update();
    }

    void remove(SourceId source, String address) {
        db.sql("delete from source_item where source_id = :source and address = :address")
                .param("source", source.value())
                .param("address", address)
                .update();
    }

    /// Whether a source made the document.
    boolean isMade(DocumentId document) {
        return db.sql("select exists (select 1 from source_item where document_id = :id and made)")
                .param("id", document.value())
                .query(Boolean.class)
                .single();
    }

    /// What another thing, of this or another source, calls the same document; empty when there is
    /// none.
    Optional<Named> otherwise(SourceId source, String address, DocumentId document) {
        return db.sql(
                        """
                        select name, link from source_item
                        where document_id = :document
                          and (source_id <> :source or address <> :address)
                        order by source_id, address limit 1
                        """)
                .param("document", document.value())
                .param("source", source.value())
                .param("address", address)
                .query((row, _) -> new Named(row.getString("name"), row.getString("link")))
                .optional();
    }
}
