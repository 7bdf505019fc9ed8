package io.zhiwen.ask.table;

import io.zhiwen.ingest.table.TableQuery.Operation;
import java.util.List;

/// What an answer from a table says, in the language of its question. Names of columns come as the
/// table writes them.
interface Sentences {

    Sentences CHINESE = new ChineseSentences();
    Sentences TRADITIONAL = new TraditionalSentences();
    Sentences ENGLISH = new EnglishSentences();

    String is(String column, List<String> values);

    /// The conditions as one clause, empty for none.
    String where(List<String> conditions);

    String count(long rows, String where);

    String distinct(String column, String values, long rows, String where);

    /// @param silent rows that say nothing in the column
    String computed(
            Operation operation, String column, String value, long rows, long silent, String where);

    String ranked(String column, boolean ascending, int limit, String where);

    String listed(long rows, long shown, String where);

    String difference(String column, String value);

    String countedBy(String group, String where);

    String computedBy(Operation operation, String column, String group, String where);

    /// Of the column of values in a table of groups.
    String head(Operation operation, String column);

    /// Of the column that counts rows.
    String rowsHead();
}
