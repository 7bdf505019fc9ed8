package io.zhiwen.source.dav;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads what a server answers to `PROPFIND` (RFC 4918, 14.16), event by event: no document type,
/// no
/// entities, bounded depth.
final class Multistatus {

    private static final String DAV = "DAV:";
    private static final int DEEPEST = 40;
    private static final XMLInputFactory XML = factory();

    /// Something in a folder, or the folder itself.
    ///
    /// @param href as the server writes it
    /// @param etag empty when there is none; likewise `modified`
    /// @param bytes -1 when they are not told
    record Entry(String href, boolean folder, String etag, String modified, long bytes) {}

    private final XMLStreamReader xml;
    private final List<Entry> entries = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String href = "";
    private boolean folder;
    private String etag = "";
    private String modified = "";
    private String length = "";

    private Multistatus(XMLStreamReader xml) {
        this.xml = xml;
    }

    /// @throws IOException when it is something else, or not whole
    static List<Entry> read(InputStream answer) throws IOException {
        try {
            var list = new Multistatus(XML.createXMLStreamReader(answer));
            list.read();
            return list.entries;
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("no list of a WebDAV server: " + e.getMessage(), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    private void read() throws XMLStreamException, IOException {
        boolean first = true;
        for (int depth = 0; xml.hasNext(); ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new IOException("no list of a WebDAV server: too deep");
                    }
                    if (first && !is("multistatus")) {
                        throw new IOException(
                                "no list of a WebDAV server: <" + xml.getLocalName() + ">");
                    }
                    first = false;
                    begin();
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    end();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        text.append(
                                xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new IOException("no list of a WebDAV server: a document type");
                default -> {
                    // comments and the like say nothing
                }
            }
        }
    }

    private boolean is(String name) {
        return DAV.equals(xml.getNamespaceURI()) && name.equals(xml.getLocalName());
    }

    private void begin() {
        text.setLength(0);
        if (is("response")) {
            href = "";
            folder = false;
            etag = "";
            modified = "";
            length = "";
        } else if (is("collection")) {
            folder = true;
        }
    }

    /// What a server does not have stands there empty, with a status of its own.
    private void end() {
        if (!DAV.equals(xml.getNamespaceURI())) {
            return;
        }
        String said = text.toString().strip();
        text.setLength(0);
        switch (xml.getLocalName()) {
            case "href" -> href = href.isEmpty() ? said : href;
            case "getetag" -> etag = said;
            case "getlastmodified" -> modified = said;
            case "getcontentlength" -> length = said;
            case "response" ->
                    entries.add(
                            new Entry(
                                    href,
                                    folder,
                                    etag,
                                    modified,
                                    length.matches("\\d{1,18}") ? Long.parseLong(length) : -1));
            default -> {
                // nothing that was asked for
            }
        }
    }
}
