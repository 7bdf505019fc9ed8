package io.zhiwen.deploy;

import static io.zhiwen.deploy.ComposeFile.map;
import static io.zhiwen.deploy.ComposeFile.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

class ComposeTest {

    private static final Path ROOT = Path.of("..");

    /// What the schema's own relative name is relative to; nothing is fetched.
    private static final SchemaLocation SPECIFICATION =
            SchemaLocation.of("https://compose-spec.io/compose-spec.json");

    private static final Set<String> ON_THE_CARD = Set.of("llm", "vllm", "embeddings", "reranker");

    /// Said in the image or where the proxy listens; in a container they mean nothing else.
    private static final Set<String> FIXED_IN_THE_CONTAINER =
            Set.of("ZHIWEN_DATA", "ZHIWEN_PORT", "ZHIWEN_ADDRESS", "ZHIWEN_DB_PROGRAMS");

    private final ComposeFile compose = ComposeFile.read(ROOT.resolve("docker-compose.yml"));

    ComposeTest() throws IOException {}

    @TestFactory
    Stream<DynamicTest> itIsValidByTheComposeSpecification() {
        return Stream.of("docker-compose.yml", ".ci/compose/database-port.yml")
                .map(file -> DynamicTest.dynamicTest(file, () -> assertValid(file)));
    }

    @Test
    void theSchemaWouldNoticeAMistake() throws IOException {
        assertThat(errors("{\"services\": {\"db\": {\"imagee\": \"x\"}}}")).contains("imagee");
    }

    @Test
    void everyImageIsPinnedToAVersion() {
        for (String service : compose.services()) {
            String image = compose.service(service).get("image").toString();
            if (!service.equals("app")) {
                assertThat(image).as(service).matches("[\\w./-]+:[\\w.-]*\\d[\\w.-]*");
                assertThat(image).as(service).doesNotContain("latest");
            }
        }
        assertThat(compose.service("db").get("image").toString())
                .matches("pgvector/pgvector:0\\.(8\\.([7-9]|\\d\\d)|9\\..*|\\d\\d\\..*)-pg18-\\w+");
        assertThat(compose.service("app")).containsEntry("build", ".");
    }

    @Test
    void everyServiceSaysWhetherItIsWell() {
        for (String service : compose.services()) {
            var health = map(compose.service(service).get("healthcheck"));
            assertThat(strings(health.get("test")).getFirst()).as(service).isEqualTo("CMD");
        }
        assertThat(strings(map(compose.service("app").get("healthcheck")).get("test")))
                .containsExactly("CMD", "zhiwen", "health");
        assertThat(map(map(compose.service("app").get("depends_on")).get("db")))
                .containsEntry("condition", "service_healthy");
    }

    @Test
    void nobodyGainsRightsAndNobodyKeepsOnesItDoesNotNeed() {
        for (String service : compose.services()) {
            var one = compose.service(service);
            assertThat(one)
                    .as(service)
                    .containsEntry("cap_drop", java.util.List.of("ALL"))
                    .containsEntry("security_opt", java.util.List.of("no-new-privileges:true"))
                    .doesNotContainKeys("privileged", "container_name", "network_mode", "pid");
        }
        assertThat(compose.service("app"))
                .containsEntry("read_only", true)
                .containsEntry("init", true)
                .doesNotContainKeys("cap_add", "user", "ports");
        assertThat(strings(compose.service("app").get("tmpfs")).getFirst())
                .startsWith("/tmp:")
                .doesNotContain("exec");
        for (String service : Set.of("llm", "embeddings", "reranker", "proxy")) {
            assertThat(compose.service(service)).as(service).containsEntry("read_only", true);
        }
    }

    @Test
    void memoryIsLimitedSoThatJavaCanDivideIt() {
        assertThat(compose.service("app").get("mem_limit").toString()).endsWith(":-3g}");
        assertThat(compose.service("db")).containsKeys("mem_limit", "shm_size");
        assertThat(compose.service("db").get("shm_size").toString())
                .as("a parallel build of an index shares maintenance_work_mem")
                .isEqualTo(
                        compose.command("db")
                                .replaceAll(".*--maintenance_work_mem=(\\S+).*", "$1"));
    }

    @Test
    void modelServersAskForTheCardAndOnlyWhereAProfileSaysSo() {
        for (String service : compose.services()) {
            boolean hasCard = compose.service(service).containsKey("deploy");
            assertThat(hasCard).as(service).isEqualTo(ON_THE_CARD.contains(service));
            assertThat(compose.service(service).containsKey("profiles"))
                    .as("%s must not make a machine without a card fail", service)
                    .isEqualTo(ON_THE_CARD.contains(service));
            if (hasCard) {
                assertThat(compose.service(service).get("deploy").toString())
                        .contains("driver=nvidia", "capabilities=[gpu]");
            }
        }
        assertThat(compose.command("llm"))
                .contains("--parallel=", "--ctx-size=", "--cache-prompt", "--alias=");
        assertThat(compose.command("vllm")).contains("--enable-prefix-caching");
    }

    @Test
    void theDatabaseKeepsWhatItConfirmsAndIsReachableFromZhiwenAlone() {
        assertThat(compose.command("db"))
                .contains("--fsync=on", "--synchronous_commit=on", "--full_page_writes=on");
        assertThat(compose.service("db")).doesNotContainKey("ports");
        assertThat(map(map(compose.root().get("networks")).get("database")))
                .containsEntry("internal", true);
        for (String service : compose.services()) {
            assertThat(compose.service(service).get("networks").toString().contains("database"))
                    .as(service)
                    .isEqualTo(Set.of("db", "app").contains(service));
        }
    }

    @Test
    void whatIsPublishedListensOnThisMachineUnlessToldOtherwise() {
        for (String service : compose.services()) {
            if (compose.service(service).containsKey("ports")) {
                assertThat(service).isEqualTo("proxy");
                assertThat(strings(compose.service(service).get("ports")))
                        .containsExactly("${ZHIWEN_ADDRESS:-127.0.0.1}:${ZHIWEN_PORT:-8080}:8080");
            }
        }
    }

    @Test
    void replicasShareTheOriginalsAndNothingElse() {
        assertThat(strings(compose.service("app").get("volumes")))
                .as("a volume without a name is each container's own")
                .contains("/data", "originals:/originals");
    }

    @Test
    void noSecretIsWrittenInTheFile() throws IOException {
        Pattern secret = Pattern.compile("(?i).*(password|key|token|secret)$");
        for (String service : compose.services()) {
            map(compose.service(service).getOrDefault("environment", Map.of()))
                    .forEach(
                            (name, value) -> {
                                if (value != null && secret.matcher(name).matches()) {
                                    assertThat(value.toString())
                                            .as(name)
                                            .matches("\\$\\{\\w+:(-|\\?[^}]*)}");
                                }
                            });
        }
        assertThat(Files.readAllLines(ROOT.resolve(".env.example")))
                .filteredOn(line -> line.matches("#?\\w*_(PASSWORD|KEY|TOKEN|SECRET)=.*"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("="));
    }

    @Test
    void theExampleOfSettingsNamesEveryVariableOfTheFileAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>(compose.variables());
        used.add("COMPOSE_PROFILES");
        assertThat(example()).isEqualTo(used);
    }

    @Test
    void everySettingOfTheReadmeCanBePassed() throws IOException {
        Set<String> settings = new TreeSet<>();
        Pattern.compile("\\| `(ZHIWEN_\\w+)` \\|")
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .forEach(found -> settings.add(found.group(1)));
        settings.removeAll(FIXED_IN_THE_CONTAINER);
        assertThat(map(compose.service("app").get("environment")).keySet())
                .as("app.environment of docker-compose.yml; .env.example explains them too")
                .containsAll(settings);
    }

    private static Set<String> example() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve(".env.example"))) {
            if (line.matches("#?[A-Z][A-Z0-9_]*=.*")) {
                names.add(line.replaceAll("#?(\\w+)=.*", "$1"));
            }
        }
        return names;
    }

    private static void assertValid(String file) throws IOException {
        ComposeFile read = ComposeFile.read(ROOT.resolve(file));
        assertThat(errors(new JsonMapper().writeValueAsString(read.root()))).isEmpty();
    }

    private static String errors(String json) throws IOException {
        try (InputStream schema = ComposeTest.class.getResourceAsStream("compose-spec.json")) {
            return String.join(
                    "\n",
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(SPECIFICATION, schema, InputFormat.JSON)
                            .validate(json, InputFormat.JSON)
                            .stream()
                            .map(Object::toString)
                            .toList());
        }
    }
}
