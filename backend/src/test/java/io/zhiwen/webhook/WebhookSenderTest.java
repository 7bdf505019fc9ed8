package io.zhiwen.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.zhiwen.TestPostgres;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.SecretBox;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.outgoing.AddressGuard;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.OutgoingSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class WebhookSenderTest {

    private static final Principal.User ROOT = new Principal.User(UUID.randomUUID(), "root", true);

    private record Got(Headers headers, byte[] body) {}

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final List<Integer> replies = new ArrayList<>();
    private final SecretBox box = new SecretBox("a secret");
    private final KnowledgeBaseId base = KnowledgeBaseId.random();
    private JdbcClient db;
    private Webhooks webhooks;
    private HttpServer receiver;

    @BeforeEach
    void listen() throws Exception {
        var source = TestPostgres.fresh();
        db = JdbcClient.create(source);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        webhooks = new Webhooks(db, box, new Audit(db), transaction);
        base(base.value(), false);
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    got.add(new Got(exchange.getRequestHeaders(), body));
                    int status = replies.isEmpty() ? 200 : replies.removeFirst();
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterEach
    void hangUp() {
        receiver.stop(0);
    }

    @Test
    void whatHappensIsSignedAndToldUntilItIsTaken() throws Exception {
        var made = made(Set.of(base));
        var other = UUID.randomUUID();
        base(other, false);
        becomes("ready", document(other));
        becomes("ready", document(base.value()));
        replies.add(503);
        try (var http = http("127.0.0.1")) {
            var sender = sender(http);
            sender.send();
            assertThat(delivery(made).said()).isEqualTo("HTTP 503");
            assertThat(delivery(made).deliveredAt()).isNull();
            assertThat(webhooks.find(ROOT, made.webhook().id()).orElseThrow().failing())
                    .isEqualTo("HTTP 503");
            sender.send();
            assertThat(got).as("not before it is due").hasSize(1);
            due();
            sender.send();
        }
        assertThat(got).hasSize(2);
        assertThat(got.get(1).body()).isEqualTo(got.getFirst().body());
        assertThat(delivery(made).deliveredAt()).isNotNull();
        assertThat(delivery(made).dueAt()).isNull();

        var last = got.getLast();
        var told = JsonMapper.shared().readTree(last.body());
        assertThat(told.path("event").asString()).isEqualTo("document.ready");
        assertThat(told.path("data").path("name").asString()).isEqualTo("a.txt");
        assertThat(told.path("data").path("knowledge_base_id").asString())
                .isEqualTo(base.toString());
        var timestamp = last.headers().getFirst("Zhiwen-Timestamp");
        assertThat(last.headers().getFirst("Zhiwen-Delivery"))
                .isEqualTo(told.path("id").asString());
        assertThat(last.headers().getFirst("Zhiwen-Signature"))
                .isEqualTo(
                        "v1="
                                + hmac(
                                        made.secret(),
                                        timestamp + "." + new String(last.body(), UTF_8)));
    }

    @Test
    void filesOfOneChatAndWhatIsAskedOverThemAreToldNobody() {
        var made = made(Set.of());
        var chat = UUID.randomUUID();
        base(chat, true);
        becomes("ready", document(chat));
        refused("Who is in my file?", base.value(), chat);
        assertThat(webhooks.deliveries(ROOT, made.webhook().id()).orElseThrow()).isEmpty();

        becomes("failed", document(base.value()));
        refused("Who rings the bell?", base.value());
        assertThat(webhooks.deliveries(ROOT, made.webhook().id()).orElseThrow())
                .extracting(Webhook.Delivery::event)
                .containsExactlyInAnyOrder("document.failed", "question.unanswered");
        assertThat(
                        db.sql("select string_agg(data::text, ' ') from webhook_delivery")
                                .query(String.class)
                                .single())
                .contains("Who rings the bell?", "no-text")
                .doesNotContain("my file");
    }

    @Test
    void anAddressOfThisNetworkIsNotReachedUnlessASettingAllowsIt() throws Exception {
        var made = made(Set.of());
        webhooks.ping(ROOT, made.webhook().id());
        try (var http = http()) {
            sender(http).send();
        }
        assertThat(got).isEmpty();
        assertThat(delivery(made).said()).contains("not a public address");
    }

    @Test
    void whoNeverTakesItIsGivenUpUntilAnAdminTriesAgain() throws Exception {
        var made = made(Set.of());
        webhooks.ping(ROOT, made.webhook().id());
        try (var http = http("127.0.0.1")) {
            for (int i = 0; i < 8; i++) {
                assertThat(delivery(made).dueAt()).as("try %d", i).isNotNull();
                replies.add(500);
                due();
                sender(http).send();
            }
            assertThat(delivery(made).dueAt()).isNull();
            assertThat(delivery(made).tries()).isEqualTo(8);
            webhooks.again(ROOT, made.webhook().id());
            sender(http).send();
        }
        assertThat(delivery(made).deliveredAt()).isNotNull();
        var reader = new Principal.User(UUID.randomUUID(), "mei", false);
        assertThatThrownBy(() -> webhooks.all(reader)).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> webhooks.create(ROOT, wish("ftp://a", Set.of())))
                .isInstanceOf(WebhookRefused.class);
    }

    private Webhooks.Made made(Set<KnowledgeBaseId> bases) {
        return webhooks.create(
                ROOT, wish("http://127.0.0.1:" + receiver.getAddress().getPort() + "/in", bases));
    }

    private static WebhookWish wish(String url, Set<KnowledgeBaseId> bases) {
        return new WebhookWish("ours", url, EnumSet.allOf(Webhook.Event.class), bases);
    }

    private static OutgoingHttp http(String... allowed) {
        return new OutgoingHttp(new AddressGuard(new OutgoingSettings(List.of(allowed))));
    }

    private WebhookSender sender(OutgoingHttp http) {
        return new WebhookSender(db, http, box, InstantSource.system());
    }

    private Webhook.Delivery delivery(Webhooks.Made made) {
        return webhooks.deliveries(ROOT, made.webhook().id()).orElseThrow().getFirst();
    }

    private void due() {
        db.sql("update webhook_delivery set due_at = now() where due_at is not null").update();
    }

    private void base(UUID id, boolean chatOnly) {
        db.sql("insert into knowledge_base (id, name, chat_only) values (:id, 'base', :chat)")
                .param("id", id)
                .param("chat", chatOnly)
                .update();
    }

    private UUID document(UUID base) {
        var id = UUID.randomUUID();
        db.sql(
                        """
                        insert into document (id, knowledge_base_id, name, created_by)
                        values (:id, :base, 'a.txt', 'test')
                        """)
                .param("id", id)
                .param("base", base)
                .update();
        db.sql(
                        """
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, uploaded_by)
                        values (:id, 1, 'a.txt', 'x', 1, 'embedding', 'test')
                        """)
                .param("id", id)
                .update();
        return id;
    }

    private void becomes(String status, UUID document) {
        db.sql(
                        """
                        update document_version set status = :status,
                            reason_code = case when :status = 'failed' then 'NO_TEXT' end
                        where document_id = :id
                        """)
                .param("status", status)
                .param("id", document)
                .update();
    }

    private void refused(String question, UUID... bases) {
        var id = UUID.randomUUID();
        db.sql(
                        """
                        insert into answer_trace (id, question, trace)
                        values (:id, :question, jsonb_build_object('bases', to_jsonb(:bases)))
                        """)
                .param("id", id)
                .param("question", question)
                .param("bases", bases)
                .update();
        db.sql(
                        """
                        insert into answer_figure values (:id, now(), :id, :base, 'refused', 0, null)
                        """)
                .param("id", id)
                .param("base", bases[0])
                .update();
    }

    private static String hmac(String secret, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }
}
