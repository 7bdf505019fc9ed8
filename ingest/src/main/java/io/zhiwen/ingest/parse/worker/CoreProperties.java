package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// What an Office file says about itself.
final class CoreProperties {

    private CoreProperties() {}

    static @Nullable String title(Archive archive) throws IOException {
        byte[] bytes = archive.bytes("docProps/core.xml");
        if (bytes == null) {
            return null;
        }
        String xml = new String(bytes, StandardCharsets.UTF_8);
        Element title = Jsoup.parse(xml, "", Parser.xmlParser()).selectFirst("dc|title");
        return title == null ? null : title.text();
    }
}
