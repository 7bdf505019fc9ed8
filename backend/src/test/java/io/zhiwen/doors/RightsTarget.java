package io.zhiwen.doors;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One of each thing an address can name, in a base of its own, so that what one request deletes
/// the next one does not miss. The chats and the rated answer are its owner's. Each text that is
/// the base's has the base's name in it.
///
/// @param ids by what they stand for in an address, e.g. `{run}`; more than the routes name
record RightsTarget(KnowledgeBaseId base, Map<String, String> ids) {

    /// What `{id}` is in which routes; the first that fits. Elsewhere it is a base.
    private static final Map<String, String> ID_OF = new LinkedHashMap<>();

    static {
        ID_OF.put(".*/groups/.*", "group");
        ID_OF.put(".*/users/.*", "user");
        ID_OF.put(".*/feedback/\\{id}.*", "rated");
        ID_OF.put(".*/keys/.*", "key");
        ID_OF.put(".*/folders/\\{id}.*", "folder");
        ID_OF.put(
                ".*/documents/\\{id}/.*\\b(figures|passages|passage-edits|changes|text)\\b.*",
                "read");
        ID_OF.put(".*/documents/\\{id}/quarantine", "read");
        ID_OF.put(".*/documents/\\{id}/cancel", "waiting");
        ID_OF.put(".*/documents/\\{id}.*|/files/.*", "document");
        ID_OF.put("/admin/models/\\{id}.*", "server");
        ID_OF.put("/chat/.*|/api/v1/chats/.*|.*/conversations/.*", "chat");
    }

    private static final String PROFILE =
            """
            {"candidates": 50, "reranker": "NONE", "reranked": 20, "rerankMillis": 100, "passages": 5,
                "refuseBelow": 0, "keepAbove": 0}
            """;

    /// @param readable whether the people of the house may read it, each in their role, and the
    /// limited key; else all it says has the canary in it
    /// @param owner of the chats: a user or a key
    /// @param like a document whose passages and original the readable one has
    static RightsTarget furnish(JdbcClient db, boolean readable, UUID owner, UUID like) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (var one : THINGS) {
            ids.put(one, UUID.randomUUID().toString());
        }
        ids.put("session", ids.get("session").replace("-", ""));
        ids.put("publicKey", "zwp_" + ids.get("widget"));
        var sql = readable ? SQL + READABLE : SQL;
        for (var one : ids.entrySet()) {
            sql = sql.replace("{" + one.getKey() + "}", one.getValue());
        }
        db.sql(
                        sql.replace("{name}", readable ? "matrix" : "matrix " + House.CANARY)
                                .replace("{owner}", owner.toString())
                                .replace("{like}", like.toString())
                                .replace("{values}", PROFILE))
                .update();
        ids.put(
                "passage",
                said(
                        db,
                        "select min(id)::text from chunk where document_id = :id and version = 2",
                        ids.get("read")));
        ids.put(
                "userSession",
                said(
                        db,
                        "select encode(id_hash, 'hex') from web_session where user_id = :id",
                        ids.get("user")));
        return new RightsTarget(
                new KnowledgeBaseId(UUID.fromString(ids.get("base"))), Map.copyOf(ids));
    }

    private static String said(JdbcClient db, String sql, String id) {
        return db.sql(sql).param("id", UUID.fromString(id)).query(String.class).single();
    }

    /// The address or what is sent with it, with ids in the place of their names. What a name
    /// stands for depends on the route.
    ///
    /// @param route whose names they are
    String fill(String route, String text) {
        var filled = text;
        for (var name : new String[] {"id", "key", "answer", "question", "document", "run"}) {
            filled = filled.replace("{" + name + "}", of(name, route));
        }
        filled =
                filled.replace("{source}", ids.get("folder"))
                        .replace("{link}", ids.get("share"))
                        .replace("{version}", route.contains("/changes") ? "2" : "1")
                        .replace("{to}", "user:" + ids.get("user"))
                        .replace("{reason}", "no-text")
                        .replace("{outside}", "oidc")
                        .replace("{page}", "1")
                        .replace("{n}", "1")
                        .replace("{fresh}", "m" + UUID.randomUUID());
        for (var one : ids.entrySet()) {
            filled = filled.replace("{" + one.getKey() + "}", one.getValue());
        }
        return filled;
    }

    private String of(String name, String route) {
        var thing =
                switch (name) {
                    case "id" -> id(route);
                    case "key" -> route.startsWith("/widget/") ? "publicKey" : null;
                    case "answer" ->
                            route.contains("/answers/{answer}") && !route.contains("/library/")
                                    ? "trace"
                                    : "approved";
                    case "question" -> route.contains("/conversations/") ? "message" : "golden";
                    case "document" -> route.contains("/attachments/") ? "attached" : "document";
                    default -> route.contains("/sources/") ? "sourceRun" : "run";
                };
        return thing == null ? "zhiwen.product.announcement" : ids.get(thing);
    }

    private static String id(String route) {
        return ID_OF.entrySet().stream()
                .filter(one -> route.matches(one.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("base");
    }

    private static final String[] THINGS = {
        "base", "user", "key", "group", "inner", "folder", "document", "read", "waiting",
        "attached", "chat", "message", "reply", "trace", "share", "golden", "approved", "item",
        "run", "sourceRun", "profile", "webhook", "widget", "server", "note", "edit", "files",
        "session", "field", "held", "rated", "assistant"
    };

    private static final String SQL =
            """
            insert into knowledge_base (id, name) values ('{base}', '{name}');
            insert into app_user (id, name, password_hash, role, one_time_password)
            select '{user}', 'm{user}', password_hash, role, true from app_user where name = 'mei';
            insert into api_key (id, name, prefix, secret_hash, all_bases, scopes)
            values ('{key}', 'matrix', 'zw_', sha256(convert_to('{key}', 'utf8')), false, array['ask']);
            insert into api_key_base values ('{key}', '{base}');
            insert into user_group (id, name) values ('{group}', 'm{group}'), ('{inner}', 'm{inner}');
            insert into folder (id, knowledge_base_id, name, created_by)
            values ('{folder}', '{base}', '{name}', 'test');
            insert into document (id, knowledge_base_id, name, created_by, latest_version, live_version)
            values ('{document}', '{base}', '{name}.txt', 'test', 1, null),
                ('{read}', '{base}', '{name} read.txt', 'test', 2, 2),
                ('{waiting}', '{base}', '{name} waiting.txt', 'test', 1, null);
            insert into document_version (document_id, version, file_name, sha256, bytes, status,
                reason_code, uploaded_by)
            select o.id, o.version, 'matrix.txt', l.sha256, l.bytes, o.status, o.reason, 'test'
            from document_version l, (values
                ('{document}'::uuid, 1, 'failed', 'NO_TEXT'), ('{read}', 1, 'ready', null),
                ('{read}', 2, 'ready', null), ('{waiting}', 1, 'queued', null)
                ) o (id, version, status, reason)
            where l.document_id = '{like}' and l.version = 1;
            insert into document (id, knowledge_base_id, name, created_by, latest_version, withheld)
            values ('{held}', '{base}', '{name} held.txt', 'test', 1, true);
            insert into document_version (document_id, version, file_name, sha256, bytes, status,
                uploaded_by)
            select '{held}', 1, '{name} held.txt', sha256, bytes, 'held', 'test'
            from document_version where document_id = '{like}' and version = 1;
            insert into document_hold (document_id, number, version, reasons)
            values ('{held}', 1, 1, '[{"doubt": "BY_HAND", "excerpts": [], "percent": 0, "note": "{name}"}]');
            update document_version set job = document_id where status = 'queued' and document_id = '{waiting}';
            insert into document_content
            select '{read}', v, content from document_content, generate_series(1, 2) v
            where document_id = '{like}' and version = 1;
            insert into chunk select nextval('chunk_id'), '{base}', '{read}', v, n,
                    text || ' ' || n, heading_path, page, sheet, span_start, span_end, section_start,
                    section_end, tokens, language
                from chunk, generate_series(1, 2) v, generate_series(0, 1) n
                where document_id = '{like}' and version = 1 and ordinal = 0 order by v, n;
            insert into document_figure (document_id, version, n, place, sha256, media_type, width,
                height, alt)
            select '{read}', 2, 1, 0, sha256, 'image/png', 640, 480, '{name}'
            from document_version where document_id = '{like}' and version = 1;
            insert into chunk_edit (id, document_id, kind, original, text, made_by)
            values ('{edit}', '{read}', 'edited', '{name} before', '{name} after', 'test');
            insert into base_field (id, knowledge_base_id, name, kind, position)
            values ('{field}', '{base}', '{name}', 'text', 1);
            insert into document_field (document_id, field_id, text_value)
            values ('{document}', '{field}', '{name}');
            insert into source (id, knowledge_base_id, kind, name, place, created_by)
            values ('{folder}', '{base}', 'folder', '{name}', '{"path": "/nowhere"}', 'test');
            insert into source_run (id, source_id, mode, state)
            values ('{sourceRun}', '{folder}', 'sync', 'done');
            insert into source_report (run_id, address, what) values ('{sourceRun}', '{name}', 'added');
            insert into golden_question (id, knowledge_base_id, text, answerable, source, created_by)
            values ('{golden}', '{base}', '{name}?', false, 'written', 'test');
            insert into evaluation_run (id, knowledge_base_id, profile_name, profile, state, questions,
                started_by, figures)
            values ('{run}', '{base}', 'm', '{values}', 'failed', 1, 'test', null);
            insert into retrieval_profile (id, name, profile, created_by)
            values ('{profile}', 'm{profile}', '{values}', 'test');
            insert into approved_answer (id, knowledge_base_id, text, approved_by)
            values ('{approved}', '{base}', '{name} [1]', 'test');
            insert into approved_question (id, approved_answer_id, knowledge_base_id, number, text,
                vector, space)
            values ('{approved}', '{approved}', '{base}', 1, '{name} approved?', '\\x', 'none');
            insert into approved_source (approved_answer_id, number, document_id, document_name, version,
                quote)
            values ('{approved}', 1, '{read}', '{name} read.txt', 2, '');
            insert into answer_trace (id, question, trace) values ('{trace}', 'leave?',
                jsonb_build_object('asker', '{owner}', 'bases', jsonb_build_array('{base}'), 'answer',
                    jsonb_build_object('text', '{name}', 'refused', false, 'sources', jsonb_build_array(
                        jsonb_build_object('number', 1, 'base', '{base}', 'document', '{read}',
                            'version', 2, 'name', '{name} read.txt', 'page', null, 'text', '{name}')))));
            insert into answer_feedback (id, answer_id, reader_id, reader, good, question, answer,
                refused, sources, knowledge_base_ids)
            select '{rated}', id, '{rated}', 'user:test', false, '{name} rated?', '{name} [1]', false,
                trace #> '{answer,sources}', array['{base}'::uuid]
            from answer_trace where id = '{trace}';
            insert into conversation (id, user_id, key_id, title, knowledge_base_ids)
            values ('{chat}', (select id from app_user where id = '{owner}'),
                (select id from api_key where id = '{owner}'), 'leave?', array['{base}'::uuid]);
            insert into message (id, conversation_id, ordinal, role, text, state, trace_id, engine)
            values ('{message}', '{chat}', 0, 'user', 'leave?', 'complete', null, null),
                ('{reply}', '{chat}', 1, 'assistant', '{name} [1]', 'complete', '{trace}', 'EXTRACTIVE');
            insert into message_citation values ('{reply}', 1, '{base}', '{read}', 2, '{name} read.txt',
                null, null, array[]::text[], 0, 5, '{name}');
            insert into conversation_share values ('{share}', '{chat}');
            insert into knowledge_base (id, name, chat_only, conversation_id)
            values ('{files}', 'attached', true, '{chat}');
            insert into document (id, knowledge_base_id, name, created_by)
            values ('{attached}', '{files}', '{name} attached.txt', 'test');
            insert into document_version (document_id, version, file_name, sha256, bytes, status,
                reason_code, uploaded_by)
            select '{attached}', 1, 'matrix.txt', sha256, bytes, 'failed', 'NO_TEXT', 'test'
            from document_version where document_id = '{like}' and version = 1;
            insert into work_item (id, knowledge_base_id, question, vector, space)
            values ('{item}', '{base}', '{name} wanted?', '\\x', 'none');
            insert into work_question values ('{item}', '{trace}', 'refused', '{name} wanted?', 'test',
                now());
            insert into webhook (id, name, url, sealed_secret, events, all_bases, created_by)
            values ('{webhook}', 'm', 'http://127.0.0.1:9', '\\x00', array['ping'], false, 'test');
            insert into webhook_delivery (webhook_id, event, data, due_at, tries, failure)
            values ('{webhook}', 'ping', '{}', null, 9, 'refused');
            insert into api_key (id, name, prefix, secret_hash, all_bases, scopes)
            values ('{widget}', 'm', 'zw_', sha256(convert_to('{widget}', 'utf8')), false, array['ask']);
            insert into api_key_base values ('{widget}', '{base}');
            insert into widget values ('{widget}', '{publicKey}', array['https://m'], null);
            insert into model_server (id, name, url, model, slots, context_tokens, max_tokens)
            values ('{server}', 'm{server}', 'http://127.0.0.1:9', 'm', 1, 8192, 1500);
            insert into assistant (id, name) values ('{assistant}', '{name} {assistant}');
            insert into assistant_base values ('{assistant}', '{base}');
            insert into web_session (id_hash, user_id, attributes)
            select decode('{session}', 'hex'), id, ''::bytea from app_user where id = '{owner}'
            union all select sha256(decode('{session}', 'hex')), '{user}', '';
            insert into user_note (id, user_id, text)
            select '{note}', id, 'm' from app_user where id = '{owner}';
            """;

    private static final String READABLE =
            """
            insert into knowledge_base_reader (knowledge_base_id, user_id, role)
            select '{base}', u.id, r.role from app_user u join (values
                ('mei', 'reader'), ('ed', 'editor'), ('mana', 'manager')) r (name, role)
                on r.name = u.name;
            insert into api_key_base select id, '{base}' from api_key where name = 'limited';
            """;
}
