package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.node.Chore;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.poi.common.usermodel.PictureType;
import org.apache.poi.sl.usermodel.PictureData;
import org.apache.poi.util.Units;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.openxmlformats.schemas.presentationml.x2006.main.CTPicture;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// Pictures of documents, from their files to those who read what cites them.
class FiguresDoorTest extends House {

    @Autowired BlobStore blobs;
    @Autowired List<Chore> chores;

    @Test
    void aFigureOfAWordFileComesWithItsCitationAndStandsInTheText() throws Exception {
        var base = base();
        var id = upload(base, "lathe.docx", docx());
        awaitReady(id);

        var figure = cited(base, "Where is the coolant pump of the lathe?");

        assertThat(figure.get("n").asInt()).isEqualTo(1);
        assertThat(figure.get("alt").asString()).isEqualTo("Figure 1: the lathe from behind");
        assertThat(figure.get("width").asInt()).isEqualTo(400);
        var url = figure.get("url").asString();
        assertThat(url).isEqualTo("/api/v1/documents/" + id + "/figures/1");
        var picture = service(fullKey).get(url);
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.header("Content-Type")).isEqualTo("image/png");
        assertThat(picture.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(picture.header("Content-Security-Policy")).contains("sandbox");
        assertThat(picture.header("Cache-Control")).contains("private");
        var all = service(fullKey).get("/api/v1/documents/" + id + "/figures").json();
        assertThat(all.get("items").size()).isEqualTo(1);
        var text = signedIn("root").get("/app/documents/" + id + "/1/text").body();
        assertThat(text)
                .containsSubsequence(
                        "at the rear.", "/app/documents/" + id + "/figures/1", "Figure 1");
    }

    @Test
    void whoMayNotReadTheDocumentGetsWhatNobodyHas() throws Exception {
        var base = base();
        var id = upload(base, "lathe.docx", docx());
        awaitReady(id);
        var mine = "/app/documents/" + id + "/figures/1";
        var api = "/api/v1/documents/" + id + "/figures/1";

        assertThat(signedIn("root").get(mine).status()).isEqualTo(200);
        assertThat(signedIn("mei").get(mine).status()).isEqualTo(404);
        assertThat(service(limitedKey).get(api).status()).isEqualTo(404);
        var absent = "/api/v1/documents/" + UUID.randomUUID() + "/figures/1";
        assertThat(service(limitedKey).get(api).json().get("detail"))
                .isEqualTo(service(limitedKey).get(absent).json().get("detail"));
        assertThat(signedIn("root").get("/app/documents/" + id + "/figures/2").status())
                .isEqualTo(404);
    }

    @Test
    void aPictureOfASlideIsShownBelowTheAnswer() throws Exception {
        var base = base();
        awaitReady(upload(base, "kiln.pptx", slides()));

        assertThat(cited(base, "How hot does the kiln become?").get("alt").asString())
                .isEqualTo("The kiln");
        var events =
                signedIn("root")
                        .post(
                                "/app/conversations",
                                "{\"text\": \"How hot does the kiln become?\", \"bases\": [\"%s\"]}"
                                        .formatted(base));
        assertThat(events.body()).contains("\"alt\":\"The kiln\"").contains("/figures/1\"");
        var chat = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"").matcher(events.body());
        assertThat(chat.find()).isTrue();
        assertThat(signedIn("root").get("/chat/" + chat.group(1)).body())
                .contains("/figures/1\" alt=\"The kiln\"");
    }

    @Test
    void aHostilePictureIsLeftOutAndNamedAndNoneIsFetched() throws Exception {
        var base = base();
        byte[] sound = picture(Color.ORANGE);
        try (var elsewhere = new ServerSocket(0)) {
            elsewhere.setSoTimeout(1);
            var page =
                    """
                    <html><body><h1>Press</h1><p>The press weighs 900 kg.</p>%s%s%s
                    <img src="http://127.0.0.1:%d/x.png"><img src="data:image/svg+xml;base64,PHN2Zy8+">
                    </body></html>
                    """
                            .formatted(
                                    image(huge()),
                                    image(Arrays.copyOf(sound, sound.length / 2)),
                                    image(sound),
                                    elsewhere.getLocalPort());
            var id = upload(base, "press.html", page.getBytes(UTF_8));
            awaitReady(id);

            var all = service(fullKey).get("/api/v1/documents/" + id + "/figures").json();
            assertThat(all.get("items").size()).isEqualTo(1);
            var findings = service(fullKey).get("/api/v1/documents/" + id + "/findings").body();
            assertThat(findings).contains("not shown to readers: 2");
            assertThat(cited(base, "How much does the press weigh?").get("n").asInt()).isOne();
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(elsewhere::accept);
        }
    }

    @Test
    void aCutAnewKeepsTheFiguresAndADeletedDocumentFreesThem() throws Exception {
        var base = base();
        byte[] file = docx();
        var id = upload(base, "lathe.docx", file);
        awaitReady(id);
        var saved =
                signedIn("root")
                        .get("/app/documents/" + id + "/figures/1")
                        .header("ETag")
                        .replace("\"", "");
        var picture = new Sha256(saved);
        var texts = "/api/v1/knowledge-bases/" + base + "/chunking";
        assertThat(
                        service(fullKey)
                                .send("PUT", texts, "{\"overlap\": 50}", "application/json")
                                .status())
                .isEqualTo(200);
        awaitLive(id, 2);
        assertThat(signedIn("root").get("/app/documents/" + id + "/figures/1").header("ETag"))
                .contains(saved);
        assertThat(signedIn("root").get("/app/documents/" + id + "/2/text").body())
                .contains("/figures/1");
        assertThat(blobs.contains(picture)).isTrue();

        assertThat(library.delete(root, id)).isTrue();
        assertThat(signedIn("root").get("/app/documents/" + id + "/figures/1").status())
                .isEqualTo(404);
        db.sql("update document set deleted_at = now() - interval '10 years' where id = :id")
                .param("id", id.value())
                .update();
        chores.stream()
                .filter(chore -> chore.name().equals("purge"))
                .forEach(chore -> chore.work().run());

        assertThat(blobs.contains(picture)).isFalse();
    }

    private void awaitLive(DocumentId id, int version) throws InterruptedException {
        for (int i = 0; i < 4800 && live(id) != version; i++) {
            Thread.sleep(25);
        }
        assertThat(live(id)).isEqualTo(version);
    }

    private int live(DocumentId id) {
        return db.sql("select live_version from document where id = :id")
                .param("id", id.value())
                .query(Integer.class)
                .single();
    }

    private KnowledgeBaseId base() {
        return library.create(root, "Machines " + UUID.randomUUID()).id();
    }

    private DocumentId upload(KnowledgeBaseId base, String name, byte[] file) throws IOException {
        return library.upload(root, base, name, new ByteArrayInputStream(file)).id();
    }

    /// The one figure of the one passage that the answer cites.
    private JsonNode cited(KnowledgeBaseId base, String question) throws Exception {
        var answer =
                service(fullKey)
                        .post(
                                "/api/v1/ask",
                                "{\"question\": \"%s\", \"knowledge_base_ids\": [\"%s\"]}"
                                        .formatted(question, base))
                        .json();
        assertThat(answer.get("citations").size()).as("%s", answer).isPositive();
        var figures = answer.get("citations").get(0).get("figures");
        assertThat(figures.size()).as("%s", answer).isEqualTo(1);
        return figures.get(0);
    }

    private static byte[] docx() throws Exception {
        try (var document = new XWPFDocument()) {
            document.createParagraph()
                    .createRun()
                    .setText("The coolant pump of the lathe is at the rear.");
            document.createParagraph()
                    .createRun()
                    .addPicture(
                            new ByteArrayInputStream(picture(Color.BLUE)),
                            PictureType.PNG,
                            "a.png",
                            Units.toEMU(200),
                            Units.toEMU(120));
            document.createParagraph().createRun().setText("Figure 1: the lathe from behind");
            var out = new ByteArrayOutputStream();
            document.write(out);
            return out.toByteArray();
        }
    }

    private static byte[] slides() throws IOException {
        try (var show = new XMLSlideShow()) {
            var slide = show.createSlide();
            slide.createTextBox().setText("The kiln becomes 1200 degrees hot.");
            var data = show.addPicture(picture(Color.RED), PictureData.PictureType.PNG);
            var xml = (CTPicture) slide.createPicture(data).getXmlObject();
            xml.getNvPicPr().getCNvPr().setDescr("The kiln");
            var out = new ByteArrayOutputStream();
            show.write(out);
            return out.toByteArray();
        }
    }

    /// No two are the same, so that none is anybody else's blob.
    private static byte[] picture(Color colour) throws IOException {
        var picture = new BufferedImage(400, 240, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 400, 240);
        graphics.dispose();
        var random = new Random();
        for (int i = 0; i < 400 * 40; i++) {
            picture.setRGB(i % 400, i / 400, random.nextInt());
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    /// A few bytes that say they are 3.6 thousand million pixels.
    private static byte[] huge() {
        var head =
                ByteBuffer.allocate(17).put("IHDR".getBytes(UTF_8)).putInt(60_000).putInt(60_000);
        head.put(new byte[] {8, 2, 0, 0, 0});
        var crc = new CRC32();
        crc.update(head.array());
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(head.array())
                .putInt((int) crc.getValue())
                .array();
    }

    private static String image(byte[] png) {
        return "<img src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png)
                + "\">";
    }
}
