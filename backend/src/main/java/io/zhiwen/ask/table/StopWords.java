package io.zhiwen.ask.table;

import io.zhiwen.ingest.table.Keys;
import java.util.Set;
import java.util.stream.Collectors;

/// Words of a question that say nothing about which rows are meant. Every other word must be a
/// name, a value or a cue: what is not understood may change what is asked.
final class StopWords {

    private static final Set<String> ALL =
            Keys.words(
                            "请问的是有在中里了呢吗啊么那这表格所全部和与跟及为等于名位家个条项种笔次件款台份上属来自我们给告诉列"
                                    + "查下哪什多少几谁共总计一按据当其元比排都各每人以者帮看算想知道到底会需要用从数值年月该对应分别并照"
                                    + " a an the of in on for with is are was were be been do does did has"
                                    + " have had there what which who whom whose how many much number by from"
                                    + " to at and me show list give tell please all any each every it its our"
                                    + " we us table sheet according among across within that having i you can"
                                    + " could would like know find out value values whole together than or amount")
                    .stream()
                    .map(Keys.Word::key)
                    .collect(Collectors.toUnmodifiableSet());

    private StopWords() {}

    /// @param key of a word
    static boolean contains(String key) {
        return ALL.contains(key);
    }
}
