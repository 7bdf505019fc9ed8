package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.OfficeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Word since 2007, read straight from its XML: what stands at the edge of its pages first and
/// once, of alternatives one, of text boxes each once, nothing hidden, notes at the end.
final class DocxReader implements DocumentReader {

    private static final String MAIN = "word/document.xml";

    /// Fewer hidden characters are marks of a program.
    private static final int FEWEST_HIDDEN = 12;

    private final OfficeSettings settings;
    private final OcrSettings ocr;

    DocxReader(OfficeSettings settings, OcrSettings ocr) {
        this.settings = settings;
        this.ocr = ocr;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (Archive archive = Archive.open(file)) {
            to.title(CoreProperties.title(archive));
            DocxComments comments =
                    settings.comments() ? DocxComments.of(archive) : DocxComments.NONE;
            Figures figures = new Figures(ocr, to);
            DocxPictures pictures = new DocxPictures(archive, figures);
            DocxBody body =
                    new DocxBody(
                            DocxStyles.of(archive),
                            DocxNumbers.of(archive),
                            comments,
                            settings.trackedChanges(),
                            pictures,
                            to);
            DocxHeads.of(archive, body).forEach(to::paragraph);
            String main = archive.has(MAIN) ? MAIN : firstLike(archive, "word/document");
            pictures.of(main);
            body(archive, main, body);
            for (String notes : new String[] {"word/footnotes.xml", "word/endnotes.xml"}) {
                if (archive.has(notes)) {
                    pictures.of(notes);
                    body(archive, notes, body);
                }
            }
            figures.tell();
            if (body.hidden() >= FEWEST_HIDDEN) {
                to.finding(Finding.ofDocument(Finding.Kind.HIDDEN_TEXT, body.hidden()));
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static String firstLike(Archive archive, String start) throws IOException {
        return archive.names().stream()
                .filter(name -> name.startsWith(start) && name.endsWith(".xml"))
                .findFirst()
                .orElseThrow(() -> new IOException("no main part"));
    }

    private static void body(Archive archive, String part, DocxBody body)
            throws IOException, XMLStreamException {
        try (InputStream in = archive.stream(part)) {
            if (in == null) {
                throw new IOException("no " + part);
            }
            XMLStreamReader xml = Archive.xml(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "background" -> body.onColour();
                        case "body", "footnotes", "endnotes" -> body.blocks(xml);
                        default -> {}
                    }
                }
            }
        }
    }
}
