package io.zhiwen.evaluate;

import java.util.List;
import java.util.Set;

/// Documents, questions about them, and which documents hold the answers.
///
/// @param name of its folder
/// @param documents in the order of the file, ids unique
/// @param questions in the order they are asked
public record EvaluationSet(String name, List<Document> documents, List<Question> questions) {

    /// @param title may be empty
    public record Document(String id, String title, String text) {}

    /// @param relevant ids of the documents that hold the answer; empty when none does
    /// @param answerable whether the documents answer it
    /// @param answers alternatives, as they stand in the documents; where the set names them
    /// @param evidence passages that support the answer, where the set names them
    public record Question(
            String id,
            String text,
            Set<String> relevant,
            boolean answerable,
            List<String> answers,
            List<String> evidence) {

        public Question {
            relevant = Set.copyOf(relevant);
            answers = List.copyOf(answers);
            evidence = List.copyOf(evidence);
        }
    }

    public EvaluationSet {
        documents = List.copyOf(documents);
        questions = List.copyOf(questions);
    }
}
