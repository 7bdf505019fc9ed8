package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.FSDirectory;

/// Prints what it costs to ask of each English word of a question whether the passages within reach
/// say it: `main [PASSAGES]`, in 500 bases of words as frequent as those of a language are.
final class SpellingBenchmark {

    private static final int BASES = 500;
    private static final int VOCABULARY = 100_000;
    private static final int WORDS_OF_A_PASSAGE = 120;
    private static final int WORDS_OF_A_QUESTION = 8;
    private static final int QUESTIONS = 400;

    private final Random random = new Random(1);

    private SpellingBenchmark() {}

    public static void main(String[] args) throws IOException {
        new SpellingBenchmark().run(args.length == 0 ? 200_000 : Integer.parseInt(args[0]));
    }

    private void run(int passages) throws IOException {
        List<KnowledgeBaseId> bases =
                Stream.generate(KnowledgeBaseId::random).limit(BASES).toList();
        Path folder = Files.createTempDirectory("spelling");
        try (LuceneIndex index = LuceneIndex.open(folder, false)) {
            List<IndexedDocument> documents = new ArrayList<>();
            for (int i = 1; i <= passages; i++) {
                documents.add(Texts.document(i, bases.get(i % BASES), words(WORDS_OF_A_PASSAGE)));
                if (documents.size() == 5_000 || i == passages) {
                    index.apply(documents, i);
                    documents.clear();
                }
            }
            index.settle();
            List<String> questions =
                    Stream.generate(() -> words(WORDS_OF_A_QUESTION)).limit(QUESTIONS).toList();
            System.out.printf(
                    "%,d passages in %d bases, questions of %d words; medians%n",
                    passages, BASES, WORDS_OF_A_QUESTION);
            for (int readable : new int[] {1, 20, BASES}) {
                Reach reach = Reach.of(bases.subList(0, readable).toArray(KnowledgeBaseId[]::new));
                for (String warm : questions) {
                    index.search(warm, reach, 50);
                }
                print(folder, index, questions, reach, readable);
            }
        }
    }

    private static void print(
            Path folder, LuceneIndex index, List<String> questions, Reach reach, int readable)
            throws IOException {
        List<Long> searching = new ArrayList<>();
        List<Long> asking = new ArrayList<>();
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
            IndexSearcher searcher = new IndexSearcher(reader);
            for (String question : questions) {
                long begun = System.nanoTime();
                index.search(question, reach, 50);
                searching.add(System.nanoTime() - begun);
                begun = System.nanoTime();
                Said said = new Said(searcher, reach);
                for (String word : question.split(" ")) {
                    said.says(new Term(Fields.BODY_EN, word));
                    said.says(new Term(Fields.HEAD_EN, word));
                }
                asking.add(System.nanoTime() - begun);
            }
        }
        System.out.printf(
                "  %3d bases readable: a search %.2f ms, of which its spelling %.2f ms%n",
                readable, median(searching), median(asking));
    }

    /// Zipf's law: the k-th most frequent one is said 1/k as often as the first.
    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY));
            text.append(word(rank)).append(' ');
        }
        return text.toString().strip();
    }

    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        for (long rest = rank * 7_919L + 1_000_003; rest > 0; rest /= 20) {
            word.append("bcdfghjklmnpqrtvwxzo".charAt((int) (rest % 20)));
        }
        return word.toString();
    }

    private static double median(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(sorted.size() / 2) / 1e6;
    }
}
