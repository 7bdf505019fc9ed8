package io.zhiwen.ask.table;

import io.zhiwen.ingest.store.StoredTable;
import java.util.List;

/// A stretch of a question that names something of a table, or says what to do with it; in
/// characters of the question.
sealed interface Mention {

    int start();

    int end();

    default int length() {
        return end() - start();
    }

    /// The one of two that begin and end alike which counts: a cell says more than a name.
    int rank();

    /// @param numbers of the columns that are called so
    record OfColumn(int start, int end, List<Integer> numbers) implements Mention {
        @Override
        public int rank() {
            return 1;
        }
    }

    /// A word for the things that the cells of a column tell apart.
    record OfThing(int start, int end, List<Integer> numbers) implements Mention {
        @Override
        public int rank() {
            return 3;
        }
    }

    /// @param values the same words in one column or in several
    record OfValue(int start, int end, List<StoredTable.Value> values) implements Mention {
        @Override
        public int rank() {
            return 0;
        }
    }

    /// A part of what the table is called.
    record OfTitle(int start, int end) implements Mention {
        @Override
        public int rank() {
            return 4;
        }
    }

    /// The unit of a column.
    record OfUnit(int start, int end) implements Mention {
        @Override
        public int rank() {
            return 5;
        }
    }

    record OfCue(Cue cue) implements Mention {
        @Override
        public int start() {
            return cue.start();
        }

        @Override
        public int end() {
            return cue.end();
        }

        @Override
        public int rank() {
            return 2;
        }
    }
}
