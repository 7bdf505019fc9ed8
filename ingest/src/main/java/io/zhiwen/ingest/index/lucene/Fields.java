package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.UnitVector;
import io.zhiwen.ingest.index.Codes;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/// The fields of a chunk. Whoever changes what is in them raises `FORMAT`, so that old indexes are
/// rebuilt.
final class Fields {

    static final int FORMAT = 4;

    static final String DOCUMENT = "document";
    static final String BASE = "base";
    static final String LANGUAGE = "language";
    static final String CHUNK = "chunk";

    /// The rights of its own a chunk's document has; replaced in place when only they change.
    static final String ACL = "acl";

    static final String BODY_ICU = "body_icu";
    static final String BODY_BI = "body_bi";
    static final String BODY_EN = "body_en";
    static final String HEAD_ICU = "head_icu";
    static final String HEAD_BI = "head_bi";
    static final String HEAD_EN = "head_en";
    static final String EXACT = "exact";

    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");

    private Fields() {}

    static String vector(EmbeddingSpace space) {
        return "vector:" + space.model() + ":" + space.sha256() + ":" + space.dimension();
    }

    /// One for each chunk; a chunk in two spaces, while a model is exchanged, has two vectors.
    ///
    /// @param vectors whether they are searched here
    static List<Document> of(IndexedDocument document, boolean vectors) {
        Map<Long, Document> chunks = new LinkedHashMap<>();
        for (IndexedDocument.Entry entry : document.entries()) {
            Document chunk =
                    chunks.computeIfAbsent(
                            entry.chunk().id(),
                            _ -> of(entry.chunk(), entry.made(), document.acl()));
            if (vectors) {
                entry.embedded().forEach((space, vector) -> chunk.add(field(space, vector)));
            }
        }
        return List.copyOf(chunks.values());
    }

    private static KnnFloatVectorField field(EmbeddingSpace space, float[] vector) {
        return new KnnFloatVectorField(
                vector(space), UnitVector.of(vector), VectorSimilarityFunction.DOT_PRODUCT);
    }

    /// Finds the chunks that are in reach. What is whole costs one look at the terms; the rights of
    /// single documents are only read in the bases where they matter.
    static Query inReach(Reach reach) {
        Query documents = documentsOf(reach);
        return reach.languages().isEmpty() ? documents : both(documents, in(reach.languages()));
    }

    private static Query documentsOf(Reach reach) {
        if (reach.isPlain()) {
            return inBases(reach.whole());
        }
        Query readable = readable(reach);
        return reach.narrowed().isEmpty() ? readable : both(readable, chosen(reach));
    }

    private static Query readable(Reach reach) {
        return new BooleanQuery.Builder()
                .add(inBases(reach.whole()), Occur.SHOULD)
                .add(both(inBases(reach.open()), withAcl(Set.of(Reach.NO_ACL))), Occur.SHOULD)
                .add(both(inBases(reach.parts()), withAcl(reach.acls())), Occur.SHOULD)
                .build();
    }

    /// Finds the chunks in reach that have a vector of this space.
    static Query inSpace(EmbeddingSpace space, Reach reach) {
        return both(new FieldExistsQuery(vector(space)), inReach(reach));
    }

    /// Bases that are not narrowed, and of those that are what was chosen.
    private static Query chosen(Reach reach) {
        Set<KnowledgeBaseId> others = new HashSet<>(reach.bases());
        others.removeAll(reach.narrowed());
        Query only =
                new TermInSetQuery(
                        DOCUMENT,
                        reach.only().stream().map(one -> new BytesRef(one.toString())).toList());
        return new BooleanQuery.Builder()
                .add(inBases(others), Occur.SHOULD)
                .add(only, Occur.SHOULD)
                .build();
    }

    private static Query inBases(Set<KnowledgeBaseId> bases) {
        return new TermInSetQuery(
                BASE, bases.stream().map(base -> new BytesRef(base.toString())).toList());
    }

    private static Query in(Set<Language> languages) {
        return new TermInSetQuery(
                LANGUAGE, languages.stream().map(one -> new BytesRef(one.tag())).toList());
    }

    private static Query withAcl(Set<Long> acls) {
        return NumericDocValuesField.newSlowSetQuery(
                ACL, acls.stream().mapToLong(Long::longValue).toArray());
    }

    private static Query both(Query one, Query other) {
        return new BooleanQuery.Builder().add(one, Occur.FILTER).add(other, Occur.FILTER).build();
    }

    /// @param made of it by a model, searched like what stands above a chunk, which weighs less
    /// than its own words; empty leaves every field as it is without
    private static Document of(StoredChunk stored, String made, long acl) {
        Chunk chunk = stored.chunk();
        String head = head(stored);
        String above = made.isEmpty() ? head : head + "\n" + made;
        String body = SearchText.words(chunk.text());
        Document fields = new Document();
        fields.add(new StringField(DOCUMENT, stored.document().toString(), Field.Store.NO));
        fields.add(new StringField(BASE, stored.base().toString(), Field.Store.NO));
        fields.add(new StringField(LANGUAGE, chunk.language().tag(), Field.Store.NO));
        fields.add(new NumericDocValuesField(CHUNK, stored.id()));
        fields.add(new NumericDocValuesField(ACL, acl));
        for (String name : new String[] {BODY_ICU, BODY_BI, BODY_EN}) {
            fields.add(new TextField(name, body, Field.Store.NO));
        }
        for (String name : new String[] {HEAD_ICU, HEAD_BI, HEAD_EN}) {
            fields.add(new TextField(name, SearchText.words(above), Field.Store.NO));
        }
        for (String code : Codes.inDocument(head + "\n" + chunk.text())) {
            fields.add(new StringField(EXACT, code, Field.Store.NO));
        }
        return fields;
    }

    /// The document's name and the headings above the chunk, each once.
    private static String head(StoredChunk stored) {
        Set<String> lines = new LinkedHashSet<>();
        lines.add(EXTENSION.matcher(stored.documentName()).replaceFirst("").strip());
        stored.chunk().headingPath().forEach(heading -> lines.add(heading.strip()));
        return String.join("\n", lines);
    }
}
