package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Block;
import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

/// JSON, XML and source code.
class DataFormatsTests {

    @Test
    void likeObjectsOfJsonAreRowsOfATable() throws IOException {
        String json =
                """
                [{"城市":"上海","人口":2487,"地址":{"省":"沪"},"标签":["港口","金融"]},
                 {"城市":"北京","人口":2184,"地址":{"省":"京"}}]""";
        for (String charset : new String[] {"UTF-8", "GB18030", "UTF-16LE"}) {
            String marked = charset.equals("UTF-16LE") ? "\uFEFF" + json : json;
            var read = Reading.of("a.json", marked.getBytes(Charset.forName(charset)));
            assertThat(read.lines())
                    .containsExactly(
                            "T1 城市 | 人口 | 地址.省 | 标签\n上海 | 2487 | 沪 | 港口, 金融\n北京 | 2184 | 京");
        }
        assertThat(Reading.of("a.json", json).type())
                .isEqualTo(new FileType("application/json", false, null));
    }

    @Test
    void linesOfJsonAreRowsToo() throws IOException {
        var read =
                Reading.of(
                        "a.jsonl",
                        "{\"q\":\"one\",\"n\":1}\n{\"q\":\"two\",\"n\":2}\n\n{\"q\":\"three\",\"n\":3}");
        assertThat(read.lines()).containsExactly("T1 q | n\none | 1\ntwo | 2\nthree | 3");
    }

    @Test
    void aSettingOfJsonIsItsKeyPaths() throws IOException {
        var read =
                Reading.of(
                        "a.json",
                        "{\"server\":{\"port\":8080,\"tls\":true}, // a remark\n \"hosts\":[\"a\",\"b\"],}");
        assertThat(read.lines())
                .containsExactly("L1 server.port: 8080", "L1 server.tls: true", "L1 hosts: a, b");
    }

    @Test
    void recordsInsideOfJsonAreATableBelowTheirKey() throws IOException {
        var read =
                Reading.of(
                        "a.json",
                        "{\"total\":2,\"orders\":[{\"no\":\"A1\",\"sum\":3.5},{\"no\":\"A2\",\"sum\":4}]}");
        assertThat(read.lines())
                .containsExactly("L1 total: 2", "H1 orders", "T1 no | sum\nA1 | 3.5\nA2 | 4");
    }

    @Test
    void articlesInJsonAreSectionsBelowTheirTitles() throws IOException {
        String body = "A long story. ".repeat(40).strip();
        var read =
                Reading.of(
                        "a.jsonl",
                        "{\"title\":\"One\",\"body\":\"%s\"}\n{\"title\":\"Two\",\"body\":\"%s\"}\n"
                                .formatted(body, body));
        assertThat(read.lines())
                .containsExactly(
                        "H1 One",
                        "L1 title: One",
                        "P body: " + body,
                        "H1 Two",
                        "L1 title: Two",
                        "P body: " + body);
    }

    @Test
    void whatOnlyPromisesToBeJsonIsReadAsItStands() throws IOException {
        assertThat(Reading.of("a.json", "{{ template }} of words").lines())
                .containsExactly("C {{ template }} of words");
        assertThat(Reading.of("a.json", "just words").lines()).containsExactly("P just words");
        String deep = "[".repeat(100_000);
        assertThat(Reading.of("deep.json", deep).lines()).isNotEmpty();
    }

    @Test
    void elementsOfXmlThatRepeatAreRows() throws IOException {
        var read =
                Reading.of(
                        "a.xml",
                        """
                        <?xml version="1.0"?><catalog xmlns:x="y"><title>Books</title>
                        <item id="1"><name>SQL</name><price cur="EUR">10</price></item>
                        <item id="2"><name>Java</name><price cur="EUR">20</price></item></catalog>""");
        assertThat(read.title()).isEqualTo("Books");
        assertThat(read.lines())
                .containsExactly(
                        "H1 Books",
                        "T1 id | name | price.cur | price\n1 | SQL | EUR | 10\n2 | Java | EUR | 20");
    }

    @Test
    void otherElementsAreHeadingsAndLinesByTheirNames() throws IOException {
        var read =
                Reading.of(
                        "pom.xml",
                        """
                        <project><name>zhiwen</name><build><plugin id="javac"><release>25</release></plugin></build>
                        <section><title>Use</title><para>Run it <b>once</b> a day.</para></section></project>""");
        assertThat(read.lines())
                .containsExactly(
                        "L1 name: zhiwen",
                        "H2 plugin javac",
                        "L1 id: javac",
                        "L1 release: 25",
                        "H1 Use",
                        "P Run it once a day.");
    }

    @Test
    void codeIsCutAtItsClassesAndFunctionsBelowTheirNames() throws IOException {
        var java =
                Reading.of(
                        "UserService.java",
                        """
                        package a;

                        import b.C;

                        /// Finds users.
                        public final class UserService {

                            private final C users;

                            /// By address.
                            @Override
                            User findUserByEmail(String email) {
                                if (email.isEmpty()) {
                                    return null;
                                }
                                return users.get(email);
                            }
                        }
                        """);
        assertThat(java.type()).isEqualTo(new FileType("text/x-source", false, null));
        assertThat(java.lines())
                .containsExactly(
                        "C package a;\n\nimport b.C;",
                        "H1 UserService (user service)",
                        "C /// Finds users.\npublic final class UserService {\n\n    private final C users;",
                        "H2 findUserByEmail (find user by email)",
                        "C     /// By address.\n    @Override\n    User findUserByEmail(String email) {\n        if (email.isEmpty()) {\n            return null;\n        }\n        return users.get(email);\n    }\n}");
    }

    @Test
    void otherLanguagesAreCutLikewise() throws IOException {
        assertThat(
                        headings(
                                "a.py",
                                "import os\n\n# loads\ndef load_all(path):\n    return 1\n\nclass Store:\n    def get(self):\n        pass\n"))
                .containsExactly("load_all (load all)", "Store", "get");
        assertThat(
                        headings(
                                "a.ts",
                                "export const sumUp = (a: number) => {\n  return a;\n};\nexport async function go() {}\n"))
                .containsExactly("sumUp (sum up)", "go");
        assertThat(
                        headings(
                                "a.go",
                                "func (s *Server) Listen(a int) error {\n\treturn nil\n}\ntype Server struct {\n}\n"))
                .containsExactly("Listen", "Server");
        assertThat(
                        headings(
                                "a.sql",
                                "CREATE TABLE IF NOT EXISTS user_account (\n  id int\n);\n\nselect 1;\ncreate or replace view v as select 1;\n"))
                .containsExactly("user_account (user account)", "v");
        assertThat(headings("a.sh", "#!/bin/sh\nset -e\nstart() {\n  echo go\n}\n"))
                .containsExactly("start");
        assertThat(
                        headings(
                                "a.c",
                                "#include <x.h>\nstatic int add_up(int a,\n    int b)\n{\n  return a + b;\n}\n"))
                .containsExactly("add_up (add up)");
        assertThat(headings("a.ini", "a=1\n[db]\nurl=x\n")).containsExactly("db");
        assertThat(headings("a.yaml", "server:\n  port: 1\nlogging:\n  level: x\n"))
                .containsExactly("server", "logging");
        assertThat(Reading.of("a.properties", "a=1\nb=2\n").lines()).containsExactly("C a=1\nb=2");
    }

    private static java.util.List<String> headings(String name, String text) throws IOException {
        return Reading.of(name, text).blocks().stream()
                .filter(block -> block.kind() == Block.Kind.HEADING)
                .map(Block::text)
                .toList();
    }
}
