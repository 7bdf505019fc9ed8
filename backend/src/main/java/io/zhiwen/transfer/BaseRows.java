package io.zhiwen.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of one base beside those that are here. Chunks get new numbers, spaces those of the same
/// encoders here; base and documents keep their ids unless they come as another base.
final class BaseRows implements Rows {

    private static final String LOADED = "loaded_";

    private final JdbcClient db;
    private final Manifest manifest;
    private final Manifest.Base exported;
    private final @Nullable String as;
    private final UUID base;
    private final List<String> strangers = new ArrayList<>();

    BaseRows(JdbcClient db, Manifest manifest, @Nullable String as) {
        this.db = db;
        this.manifest = manifest;
        Manifest.Base found = manifest.header().base();
        if (found == null) {
            throw new IllegalArgumentException("no export of a base");
        }
        this.exported = found;
        this.as = as;
        this.base = as == null ? found.id() : UUID.randomUUID();
    }

    @Override
    public void requireFit() {
        boolean here =
                db.sql(
                                """
                                select exists (select 1 from knowledge_base where id = :id
                                    or (name = :name and deleted_at is null))
                                """)
                        .param("id", base)
                        .param("name", as == null ? exported.name() : as)
                        .query(Boolean.class)
                        .single();
        if (here) {
            throw new TransferRefused(
                    "A base %s is here already. Import it under another name: --as NAME."
                            .formatted(as == null ? exported.name() : as));
        }
        Set<String> known = new HashSet<>(Tables.OF_BASE.keySet());
        List<Manifest.Table> tables =
                manifest.tables().stream().filter(table -> !isReaders(table)).toList();
        Columns.requireKnown(
                db, new Manifest(manifest.header(), tables, 0, 0, "", List.of()), known);
        tables.forEach(
                table ->
                        db.sql(
                                        "create temp table %s%s (like %s including defaults) on commit drop"
                                                .formatted(LOADED, table.name(), table.name()))
                                .update());
        db.sql(
                        """
                        create temp table loaded_reader (name text, role text default 'reader')
                        on commit drop
                        """)
                .update();
    }

    @Override
    public String copyInto(Manifest.Table table) {
        return "copy %s%s (%s) from stdin"
                .formatted(LOADED, table.name(), String.join(", ", table.columns()));
    }

    @Override
    public void finish() {
        db.sql(
                        """
                        create temp table new_document on commit drop as
                        select id as old, case when :anew then gen_random_uuid() else id end as new
                        from loaded_document
                        """)
                .param("anew", as != null)
                .update();
        db.sql(
                        """
                        create temp table new_chunk on commit drop as
                        select id as old, nextval('chunk_id') as new from loaded_chunk
                        """)
                .update();
        for (String table :
                List.of("folder", "acl", "chunk_edit", "base_field")) { // an older export has none
            db.sql(
                            "create temp table if not exists loaded_%1$s (like %1$s) on commit drop"
                                    .formatted(table))
                    .update();
        }
        db.sql(
                        """
                        create temp table new_acl on commit drop as
                        select id as old, nextval(pg_get_serial_sequence('acl', 'id')) as new
                        from loaded_acl
                        """)
                .update();
        db.sql(
                        """
                        create temp table new_folder on commit drop as
                        select id as old, case when :anew then gen_random_uuid() else id end as new
                        from loaded_folder
                        """)
                .param("anew", as != null)
                .update();
        db.sql(
                        """
                        create temp table new_edit on commit drop as
                        select id as old, case when :anew then gen_random_uuid() else id end as new
                        from loaded_chunk_edit
                        """)
                .param("anew", as != null)
                .update();
        db.sql(
                        """
                        create temp table new_field on commit drop as
                        select id as old, case when :anew then gen_random_uuid() else id end as new
                        from loaded_base_field
                        """)
                .param("anew", as != null)
                .update();
        db.sql("create index on new_document (old)").update();
        db.sql("create index on new_chunk (old)").update();
        db.sql("analyze new_document").update();
        db.sql("analyze new_chunk").update();
        db.sql(
                        """
                        insert into embedding_space (model, sha256, dimension, probe)
                        select model, sha256, dimension, probe from loaded_embedding_space
                        on conflict (model, sha256) do nothing
                        """)
                .update();
        db.sql(
                        """
                        create temp table new_space on commit drop as
                        select l.id as old, s.id as new from loaded_embedding_space l
                        join embedding_space s on s.model = l.model and s.sha256 = l.sha256
                        """)
                .update();
        for (String table : Tables.inOrder(db, Tables.OF_BASE.keySet())) {
            if (!table.equals("embedding_space") && manifest.has(table)) {
                db.sql(insert(manifest.table(table))).update();
            }
        }
        if (as != null) {
            db.sql("update knowledge_base set name = :name where id = :id")
                    .param("name", as)
                    .param("id", base)
                    .update();
        }
        admitReaders();
    }

    @Override
    public @Nullable UUID base() {
        return base;
    }

    @Override
    public List<String> strangers() {
        return List.copyOf(strangers);
    }

    private static boolean isReaders(Manifest.Table table) {
        return table.name().equals("reader");
    }

    private String insert(Manifest.Table table) {
        String of = LOADED + table.name() + " l";
        List<String> values = new ArrayList<>();
        for (String column : table.columns()) {
            switch (table.name() + "." + column) {
                case "knowledge_base.id" -> values.add("'" + base + "'::uuid");
                case "knowledge_base.created_by" -> values.add("null::uuid");
                case "knowledge_base.space_id" -> {
                    values.add("s.new");
                    of += " left join new_space s on s.old = l.space_id";
                }
                case "document.owner_id" -> values.add("null::uuid");
                case "document.superseded_by" -> {
                    values.add("n.new");
                    of += " left join new_document n on n.old = l.superseded_by";
                }
                case "document_version.job" -> values.add("null::uuid");
                case "acl.id" -> {
                    values.add("a.new");
                    of += " join new_acl a on a.old = l.id";
                }
                case "acl.parent_id" -> {
                    values.add("q.new");
                    of += " left join new_acl q on q.old = l.parent_id";
                }
                case "folder.own_acl_id", "document.own_acl_id" -> {
                    values.add("o.new");
                    of += " left join new_acl o on o.old = l.own_acl_id";
                }
                case "document.acl_id" -> {
                    values.add("e.new");
                    of += " left join new_acl e on e.old = l.acl_id";
                }
                case "folder.id" -> {
                    values.add("f.new");
                    of += " join new_folder f on f.old = l.id";
                }
                case "folder.parent_id" -> {
                    values.add("p.new");
                    of += " left join new_folder p on p.old = l.parent_id";
                }
                case "document.parent_id" -> {
                    values.add("u.new");
                    of += " left join new_document u on u.old = l.parent_id";
                }
                case "document.folder_id" -> {
                    values.add("f.new");
                    of += " left join new_folder f on f.old = l.folder_id";
                }
                case "document.id" -> {
                    values.add("d.new");
                    of += " join new_document d on d.old = l.id";
                }
                case "base_field.id" -> {
                    values.add("b.new");
                    of += " join new_field b on b.old = l.id";
                }
                case "document_field.field_id" -> {
                    values.add("b.new");
                    of += " join new_field b on b.old = l.field_id";
                }
                case "chunk_edit.id" -> {
                    values.add("g.new");
                    of += " join new_edit g on g.old = l.id";
                }
                case "chunk_edit.follows" -> {
                    values.add("w.new");
                    of += " left join new_edit w on w.old = l.follows";
                }
                case "chunk.id" -> {
                    values.add("c.new");
                    of += " join new_chunk c on c.old = l.id";
                }
                default -> {
                    switch (column) {
                        case "knowledge_base_id" -> values.add("'" + base + "'::uuid");
                        case "document_id" -> {
                            values.add("d.new");
                            of += " join new_document d on d.old = l.document_id";
                        }
                        case "chunk_id" -> {
                            values.add("c.new");
                            of += " join new_chunk c on c.old = l.chunk_id";
                        }
                        case "space_id" -> {
                            values.add("s.new");
                            of += " join new_space s on s.old = l.space_id";
                        }
                        default -> values.add("l." + column);
                    }
                }
            }
        }
        return "insert into %s (%s) overriding system value select %s from %s"
                .formatted(
                        table.name(),
                        String.join(", ", table.columns()),
                        String.join(", ", values),
                        of);
    }

    /// By name: accounts of two installations have nothing else in common. What groups and everyone
    /// had is not taken over: they may be others here.
    private void admitReaders() {
        db.sql(
                        """
                        insert into knowledge_base_reader (knowledge_base_id, user_id, role)
                        select :base, u.id, r.role from loaded_reader r
                        join app_user u on lower(u.name) = lower(r.name)
                        """)
                .param("base", base)
                .update();
        strangers.addAll(
                db.sql(
                                """
                                select name from loaded_reader r where not exists (
                                    select 1 from app_user u where lower(u.name) = lower(r.name))
                                order by name
                                """)
                        .query(String.class)
                        .list());
    }
}
