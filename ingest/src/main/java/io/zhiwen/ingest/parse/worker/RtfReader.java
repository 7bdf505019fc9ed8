package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.sax.SecureContentHandler;
import org.apache.tika.sax.ToXMLContentHandler;
import org.jsoup.Jsoup;
import org.xml.sax.SAXException;

/// RTF, by Tika's parser.
final class RtfReader implements DocumentReader {

    @Override
    public void read(Path file, Blocks to) throws IOException {
        Metadata metadata = new Metadata();
        ToXMLContentHandler html = new ToXMLContentHandler();
        try (TikaInputStream in = TikaInputStream.get(file)) {
            new RTFParser()
                    .parse(in, new SecureContentHandler(html, in), metadata, new ParseContext());
        } catch (SAXException | TikaException e) {
            throw new IOException(e);
        }
        to.title(metadata.get(TikaCoreProperties.TITLE));
        HtmlReader.writeBody(Jsoup.parse(html.toString()), to);
    }
}
