package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Word since 2007, read straight from its XML: of alternatives one, of text boxes each once,
/// nothing deleted or hidden, notes at the end.
final class DocxReader implements DocumentReader {

    private static final String MAIN = "word/document.xml";

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (Archive archive = Archive.open(file)) {
            to.title(CoreProperties.title(archive));
            DocxStyles styles = DocxStyles.of(archive);
            DocxNumbers numbers = DocxNumbers.of(archive);
            String main = archive.has(MAIN) ? MAIN : firstLike(archive, "word/document");
            body(archive, main, new DocxBody(styles, numbers, to));
            for (String notes : new String[] {"word/footnotes.xml", "word/endnotes.xml"}) {
                if (archive.has(notes)) {
                    body(archive, notes, new DocxBody(styles, numbers, to));
                }
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
                        case "body", "footnotes", "endnotes" -> body.blocks(xml);
                        default -> {}
                    }
                }
            }
        }
    }
}
