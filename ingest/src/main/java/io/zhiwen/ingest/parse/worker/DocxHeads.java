package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The lines at the edges of a Word file's pages, each once: a document's number, its
/// classification, who issued it. Page numbers are none.
final class DocxHeads {

    private static final int MOST_CHARACTERS = 1_000;
    private static final Pattern PART = Pattern.compile("word/(?:header|footer)\\d*\\.xml");
    private static final Pattern PAGE_NUMBER =
            Pattern.compile("(?i)(?:page|of|seite|von|第|页|頁|共|[\\d\\s\\p{P}]|[ivxlc])+");

    private DocxHeads() {}

    static Set<String> of(Archive archive, DocxBody body) throws IOException, XMLStreamException {
        Set<String> lines = new LinkedHashSet<>();
        int characters = 0;
        for (String part :
                archive.names().stream().filter(PART.asMatchPredicate()).sorted().toList()) {
            for (String line : lines(archive, part, body)) {
                if (characters + line.length() <= MOST_CHARACTERS && lines.add(line)) {
                    characters += line.length();
                }
            }
        }
        return lines;
    }

    private static Set<String> lines(Archive archive, String part, DocxBody body)
            throws IOException, XMLStreamException {
        Set<String> lines = new LinkedHashSet<>();
        try (InputStream in = archive.stream(part)) {
            if (in == null) {
                throw new IOException("no " + part);
            }
            XMLStreamReader xml = Archive.xml(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && (xml.getLocalName().equals("hdr") || xml.getLocalName().equals("ftr"))) {
                    body.box(xml).stream()
                            .map(line -> line.replaceAll("\\s+", " ").strip())
                            .filter(line -> !PAGE_NUMBER.matcher(line).matches())
                            .forEach(lines::add);
                }
            }
        }
        return lines;
    }
}
