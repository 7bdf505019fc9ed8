package io.zhiwen.ingest.parse;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was understood of a source file.
///
/// @param mediaType what the content is, whatever the name says, e.g. `application/pdf`
/// @param typeMismatch whether the name's extension promises another type
/// @param title from the document itself, if it has one
/// @param pages of a PDF, or slides
/// @param blocks in reading order; at least one with text
/// @param findings about what was hard to read
/// @param parts the files inside of it
/// @param scans of a PDF, its pages that are pictures
/// @param pictures for a vision model to look at
/// @param figures for readers to see, in the order they were given to the [PartSink]
public record ParsedDocument(
        String mediaType,
        boolean typeMismatch,
        @Nullable String title,
        @Nullable Integer pages,
        List<Block> blocks,
        List<Finding> findings,
        List<Part> parts,
        List<ScannedPage> scans,
        List<Picture> pictures,
        List<Figure> figures) {

    private static final Set<String> ARCHIVES =
            Set.of(
                    "application/zip",
                    "application/x-tar",
                    "application/x-gtar",
                    "application/gzip",
                    "application/x-bzip2",
                    "application/x-xz",
                    "application/x-7z-compressed");

    public ParsedDocument {
        blocks = List.copyOf(blocks);
        findings = List.copyOf(findings);
        parts = List.copyOf(parts);
        scans = List.copyOf(scans);
        pictures = List.copyOf(pictures);
        figures = List.copyOf(figures);
    }

    /// A document without figures.
    public ParsedDocument(
            String mediaType,
            boolean typeMismatch,
            @Nullable String title,
            @Nullable Integer pages,
            List<Block> blocks,
            List<Finding> findings,
            List<Part> parts,
            List<ScannedPage> scans) {
        this(
                mediaType,
                typeMismatch,
                title,
                pages,
                blocks,
                findings,
                parts,
                scans,
                List.of(),
                List.of());
    }

    /// A document of which no page is a picture.
    public ParsedDocument(
            String mediaType,
            boolean typeMismatch,
            @Nullable String title,
            @Nullable Integer pages,
            List<Block> blocks,
            List<Finding> findings,
            List<Part> parts) {
        this(mediaType, typeMismatch, title, pages, blocks, findings, parts, List.of());
    }

    /// A document about which there is nothing to say.
    public ParsedDocument(
            String mediaType,
            boolean typeMismatch,
            @Nullable String title,
            @Nullable Integer pages,
            List<Block> blocks) {
        this(mediaType, typeMismatch, title, pages, blocks, List.of(), List.of());
    }

    /// Whether it is nothing but the files inside of it, so that there is nothing to search for.
    public boolean isFolder() {
        return ARCHIVES.contains(mediaType);
    }
}
