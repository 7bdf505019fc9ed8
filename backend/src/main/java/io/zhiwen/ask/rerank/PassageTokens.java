package io.zhiwen.ask.rerank;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.PackedTokens;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Passages token by token: remembered, kept since they were ingested, or else read by the encoder
/// now. Always as they come back from 4 bits, so that it makes no difference which. Safe for
/// concurrent use.
public final class PassageTokens {

    private static final Logger log = LoggerFactory.getLogger(PassageTokens.class);

    /// What was kept of passages in one space, by chunk id.
    @FunctionalInterface
    public interface Kept {

        Kept NOTHING = (_, _) -> Map.of();

        Map<Long, PackedTokens> of(Collection<Long> chunks, EmbeddingSpace space);
    }

    private final Kept kept;
    private final Cache<Key, PackedTokens> remembered;

    /// A chunk's text never changes under its id.
    private record Key(long chunk, String space) {

        Key(long chunk, EmbeddingSpace space) {
            this(chunk, space.sha256());
        }
    }

    /// @param cacheBytes for what is remembered
    public PassageTokens(Kept kept, long cacheBytes) {
        this.kept = kept;
        this.remembered =
                Caffeine.newBuilder()
                        .maximumWeight(cacheBytes)
                        .weigher((Key _, PackedTokens tokens) -> tokens.bytes().length)
                        .build();
    }

    /// For some passages and one encoder, with what is kept of them looked up at once.
    public Reading of(Collection<StoredChunk> passages, Encoder encoder) {
        EmbeddingSpace space = encoder.space();
        Map<Long, PackedTokens> known = new HashMap<>();
        List<Long> unknown = new ArrayList<>();
        for (StoredChunk passage : passages) {
            PackedTokens tokens = remembered.getIfPresent(new Key(passage.id(), space));
            if (tokens == null) {
                unknown.add(passage.id());
            } else {
                known.put(passage.id(), tokens);
            }
        }
        known.putAll(kept(unknown, space));
        return new Reading(encoder, known);
    }

    private Map<Long, PackedTokens> kept(List<Long> chunks, EmbeddingSpace space) {
        if (chunks.isEmpty()) {
            return Map.of();
        }
        try {
            Map<Long, PackedTokens> found = kept.of(chunks, space);
            found.forEach((id, tokens) -> remembered.put(new Key(id, space), tokens));
            return found;
        } catch (DataAccessException e) {
            log.warn("kept tokens cannot be read, the passages are: {}", e.getMessage());
            return Map.of();
        }
    }

    /// Some passages, as one encoder reads them. Safe for concurrent use.
    public final class Reading {

        private final Encoder encoder;
        private final Map<Long, PackedTokens> known;

        private Reading(Encoder encoder, Map<Long, PackedTokens> known) {
            this.encoder = encoder;
            this.known = Map.copyOf(known);
        }

        /// Whether its tokens are at hand; else the encoder has to read it.
        boolean isKnown(StoredChunk passage) {
            return known.containsKey(passage.id());
        }

        /// The tokens of a passage's headings and its text, as it was embedded.
        TokenVectors of(StoredChunk passage) {
            PackedTokens tokens = known.get(passage.id());
            return (tokens == null ? read(passage) : tokens).unpacked();
        }

        /// The tokens of a passage's text, in the context of its headings; offsets are in the text.
        public TokenVectors ofText(StoredChunk passage) {
            Chunk chunk = passage.chunk();
            return of(passage).from(chunk.embeddedText().length() - chunk.text().length());
        }

        private PackedTokens read(StoredChunk passage) {
            PackedTokens tokens =
                    PackedTokens.of(
                            encoder.embedTokens(SearchText.fold(passage.chunk().embeddedText())));
            remembered.put(new Key(passage.id(), encoder.space()), tokens);
            return tokens;
        }
    }
}
