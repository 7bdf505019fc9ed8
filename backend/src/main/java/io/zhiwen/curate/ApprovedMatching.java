package io.zhiwen.curate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.zhiwen.ask.Approvals;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds the approved answer for a question: the nearest of the questions that were approved in the
/// bases at hand, when it is the same one and its asker may read all its answer rests on. Costs one
/// query where nothing is approved. Safe for concurrent use.
@Component
final class ApprovedMatching implements Approvals {

    /// Near ones that are looked at before it is given up.
    private static final int NEAREST = 8;

    private static final long REMEMBERED = 20_000;

    private final ApprovedStore store;
    private final ApprovedList list;
    private final ChunkStore chunks;
    private final Encoders encoders;
    private final Cache<UUID, ApprovedStore.Encoded> questions =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    ApprovedMatching(ApprovedStore store, ApprovedList list, ChunkStore chunks, Encoders encoders) {
        this.store = store;
        this.list = list;
        this.chunks = chunks;
        this.encoders = encoders;
    }

    private record Near(UUID answer, String question, double similarity) {}

    @Override
    public Optional<Approved> of(Question question) {
        Optional<Approved> found = find(question);
        found.ifPresent(approved -> store.given(approved.id()));
        return found;
    }

    private Optional<Approved> find(Question question) {
        return near(question.text(), question.scope().bases()).stream()
                .limit(NEAREST)
                .map(near -> readable(near, question))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The best first; only those that ask for the same.
    private List<Near> near(String question, Set<KnowledgeBaseId> bases) {
        List<ApprovedStore.Asked> asked = bases.isEmpty() ? List.of() : store.asked(bases);
        if (asked.isEmpty()) {
            return List.of();
        }
        String folded = SameQuestion.folded(question);
        Language language = Language.of(folded);
        ApprovedStore.Encoded sought = encoded(question, encoders);
        Map<UUID, ApprovedStore.Encoded> known =
                questions.getAll(asked.stream().map(ApprovedStore.Asked::id).toList(), this::load);
        List<Near> near = new ArrayList<>();
        for (ApprovedStore.Asked one : asked) {
            ApprovedStore.Encoded other = known.get(one.id());
            if (other != null && other.space().equals(sought.space())) {
                double similarity = sought.similarity(other);
                if (similarity >= SameQuestion.threshold(language)
                        && !SameQuestion.differ(folded, SameQuestion.folded(other.text()))) {
                    near.add(new Near(one.answer(), other.text(), similarity));
                }
            }
        }
        near.sort(Comparator.comparingDouble(Near::similarity).reversed());
        return near;
    }

    /// Those of another encoder are read anew.
    private Map<UUID, ApprovedStore.Encoded> load(Set<? extends UUID> missing) {
        Map<UUID, ApprovedStore.Encoded> loaded = store.questions(Set.copyOf(missing));
        loaded.replaceAll((_, known) -> current(known));
        return loaded;
    }

    private ApprovedStore.Encoded current(ApprovedStore.Encoded known) {
        Encoder encoder = encoders.of(Language.of(SameQuestion.folded(known.text())));
        boolean same = known.space().equals(encoder.space().sha256());
        return same ? known : encoded(known.text(), encoders);
    }

    /// A question as the encoder of its language sees it.
    static ApprovedStore.Encoded encoded(String text, Encoders encoders) {
        String folded = SameQuestion.folded(text);
        Encoder encoder = encoders.of(Language.of(folded));
        return new ApprovedStore.Encoded(text, encoder.embed(folded), encoder.space().sha256());
    }

    /// Empty unless its asker may read every source, each of which is still there.
    private Optional<Approved> readable(Near near, Question question) {
        List<Optional<Long>> passages = store.passages(near.answer());
        List<Long> ids = passages.stream().flatMap(Optional::stream).toList();
        List<StoredChunk> found = chunks.live(ids, question.scope().reach());
        var known = found.stream().map(StoredChunk::id).collect(Collectors.toSet());
        if (ids.size() < passages.size() || !known.containsAll(ids)) {
            return Optional.empty();
        }
        return list.find(near.answer())
                .map(
                        answer ->
                                new Approved(
                                        answer.id(),
                                        near.question(),
                                        near.similarity(),
                                        answer.text(),
                                        ids.stream().map(id -> passage(id, found)).toList(),
                                        answer.by(),
                                        answer.approvedAt()
                                                .atZone(ZoneId.systemDefault())
                                                .toLocalDate()));
    }

    private static Passage passage(long id, List<StoredChunk> found) {
        StoredChunk chunk = found.stream().filter(one -> one.id() == id).findFirst().orElseThrow();
        return new Passage(chunk, 1, 1);
    }
}
