package io.zhiwen.evaluate.pages;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Fills a database with what a company has: many people in groups, one large base among others,
/// folders, tags, versions, keys, a long audit log, and a year of questions asked. Nothing of it
/// can
/// be searched.
final class Company {

    private final JdbcClient db;
    private final int documents;
    private final int people;
    private final int questions;

    Company(JdbcClient db, int documents, int people, int questions) {
        this.db = db;
        this.documents = documents;
        this.people = people;
        this.questions = questions;
    }

    /// @return the large base
    UUID moveIn() {
        var base = UUID.randomUUID();
        run("update app_user set one_time_password = false");
        run(
                """
                insert into app_user (id, name, password_hash, role)
                select gen_random_uuid(), 'person ' || n, 'x', 'member'
                from generate_series(1, %d) n
                """
                        .formatted(people));
        run(
                """
                insert into user_group (id, name)
                select gen_random_uuid(), 'group ' || n from generate_series(1, 40) n;
                insert into user_group_member (group_id, user_id)
                select g.id, u.id from user_group g join app_user u
                    on u.name like 'person %' and abs(hashtext(u.name || g.name)) % 20 = 0
                """);
        run(
                """
                insert into knowledge_base (id, name)
                select case n when 1 then '%s'::uuid else gen_random_uuid() end,
                    case n when 1 then 'Everything' else 'Base ' || n end
                from generate_series(1, 20) n;
                insert into knowledge_base_reader (knowledge_base_id, group_id, role)
                select b.id, g.id, 'reader' from knowledge_base b cross join user_group g
                where abs(hashtext(b.name || g.name)) %% 4 = 0
                """
                        .formatted(base));
        run(
                """
                insert into folder (id, knowledge_base_id, name, created_by)
                select gen_random_uuid(), '%1$s', 'Folder ' || n, 'bench'
                from generate_series(1, 30) n;
                insert into folder (id, knowledge_base_id, parent_id, name, created_by)
                select gen_random_uuid(), '%1$s', f.id, 'Inner ' || n, 'bench'
                from folder f cross join generate_series(1, 10) n
                """
                        .formatted(base));
        documents(base);
        questions();
        run(
                """
                insert into audit_event (actor, action, object, at)
                select 'user:person ' || n %% %1$d, 'document.upload', 'document:' || n,
                    now() - n * interval '1 minute'
                from generate_series(1, %2$d) n
                """
                        .formatted(people, documents));
        run(
                """
                insert into api_key (id, name, prefix, secret_hash, all_bases)
                select gen_random_uuid(), 'key ' || n, 'zw_' || n, sha256(n::text::bytea), true
                from generate_series(1, 100) n
                """);
        run("analyze");
        return base;
    }

    private void documents(UUID base) {
        run(
                """
                insert into document (id, knowledge_base_id, name, latest_version, live_version,
                    created_by, created_at, updated_at, folder_id, tags)
                select gen_random_uuid(), '%1$s', 'Report ' || n || ' 年度报告.pdf', 1, 1, 'bench',
                    now() - n * interval '1 minute', now() - n * interval '1 minute', f.id,
                    array['tag ' || n %% 50]
                from generate_series(1, %2$d) n
                left join (select id, row_number() over (order by id) as place from folder
                    where knowledge_base_id = '%1$s') f on f.place = n %% 400
                """
                        .formatted(base, documents));
        run(
                """
                insert into document_version (document_id, version, file_name, sha256, bytes,
                    status, media_type, pages, chunks, uploaded_by, uploaded_at, finished_at)
                select id, 1, name, md5(id::text) || md5(name), 1000 + abs(hashtext(name)) % 9000000,
                    case when abs(hashtext(name)) % 100 = 0 then 'failed' else 'ready' end,
                    'application/pdf', 12, 30, 'bench', created_at, created_at
                from document
                """);
    }

    /// Spread over a year and the bases; one in ten got no good answer, each such question comes up
    /// about twenty times.
    private void questions() {
        run(
                """
                insert into answer_trace (id, at, question, trace)
                select gen_random_uuid(), now() - n * interval '1 year' / %1$d,
                    'Question ' || n %% (%1$d / 20), '{}'
                from generate_series(1, %1$d) n;
                insert into answer_figure
                select t.id, t.at, u.id, b.id,
                    case t.place %% 10 when 0 then 'refused' when 1 then 'extractive' else 'answered' end,
                    case t.place %% 17 when 0 then 1 else 0 end, 200 + (t.place * 37 %% 1900)::int
                from (select *, row_number() over (order by id) as place from answer_trace) t
                join (select id, row_number() over (order by id) as place from app_user
                    where name like 'person %%') u on u.place = 1 + t.place %% %2$d
                join (select id, row_number() over (order by id) as place from knowledge_base) b
                    on b.place = 1 + t.place %% 20;
                insert into answer_source
                select f.answer_id, d.id, f.at
                from (select *, row_number() over (order by answer_id) as place
                    from answer_figure where outcome <> 'refused') f
                cross join generate_series(0, 2) n
                join (select id, row_number() over (order by id) as place from document) d
                    on d.place = 1 + (f.place * 7919 + n * 104729) %% (%3$d / 2);
                insert into answer_feedback (id, answer_id, reader_id, reader, good, question, answer,
                    refused, sources, knowledge_base_ids, created_at)
                select gen_random_uuid(), answer_id, asker_id, 'user:someone', hashtext(answer_id::text) %% 4 <> 0,
                    'Question', 'Answer', false, '[]', array[knowledge_base_id], at
                from answer_figure where hashtext(answer_id::text) %% 20 = 0;
                insert into token_usage
                select at::date, asker_id, knowledge_base_id, 3000 * count(*), 300 * count(*), count(*)
                from answer_figure where outcome = 'answered' group by 1, 2, 3
                """
                        .formatted(questions, people, documents));
        run(
                """
                insert into work_item (id, knowledge_base_id, question, vector, space)
                select gen_random_uuid(), (array_agg(f.knowledge_base_id))[1], t.question, '', 'none'
                from answer_figure f join answer_trace t on t.id = f.answer_id
                where f.outcome = 'refused' group by t.question;
                insert into work_question (work_item_id, answer_id, why, question, asker, asked_at)
                select i.id, f.answer_id, 'refused', t.question, f.asker_id::text, f.at
                from answer_figure f join answer_trace t on t.id = f.answer_id
                join work_item i on i.question = t.question
                where f.outcome = 'refused'
                """);
    }

    private void run(String sql) {
        db.sql(sql).update();
    }
}
