package io.zhiwen.evaluate;

import java.util.List;
import java.util.Set;

/// How well rankings find relevant documents: means over questions, each 0 to 1.
///
/// @param questions that have a relevant document
/// @param hit1 the first document is relevant
/// @param recall5 share of the relevant documents among the first 5
/// @param recall10 among the first 10
/// @param mrr10 one over the rank of the first relevant document, 0 behind rank 10
/// @param ndcg10 discounted gain of the first 10, with binary relevance, as trec_eval computes it
public record Figures(
        int questions, double hit1, double recall5, double recall10, double mrr10, double ndcg10) {

    /// Adds up one question after the other; for one thread.
    public static final class Sum {

        private int questions;
        private double hit1;
        private double recall5;
        private double recall10;
        private double mrr10;
        private double ndcg10;

        /// @param found documents, best first, each once
        /// @param relevant at least one
        public void add(List<String> found, Set<String> relevant) {
            questions++;
            double gain = 0;
            int among5 = 0;
            int among10 = 0;
            double reciprocal = 0;
            for (int rank = 1; rank <= Math.min(10, found.size()); rank++) {
                if (relevant.contains(found.get(rank - 1))) {
                    gain += discount(rank);
                    among10++;
                    among5 += rank <= 5 ? 1 : 0;
                    hit1 += rank == 1 ? 1 : 0;
                    reciprocal = Math.max(reciprocal, 1.0 / rank);
                }
            }
            double ideal = 0;
            for (int rank = 1; rank <= Math.min(10, relevant.size()); rank++) {
                ideal += discount(rank);
            }
            ndcg10 += gain / ideal;
            mrr10 += reciprocal;
            recall5 += among5 / (double) relevant.size();
            recall10 += among10 / (double) relevant.size();
        }

        public Figures mean() {
            double n = Math.max(1, questions);
            return new Figures(
                    questions, hit1 / n, recall5 / n, recall10 / n, mrr10 / n, ndcg10 / n);
        }

        private static double discount(int rank) {
            return Math.log(2) / Math.log(rank + 1);
        }
    }
}
