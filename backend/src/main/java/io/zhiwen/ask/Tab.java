package io.zhiwen.ask;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.stream.Meter;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import org.jspecify.annotations.Nullable;

/// What one question costs, whatever comes of it: rewriting it, summing up its chat, asking about
/// tables, writing. For one thread.
final class Tab {

    private final TokenLedger ledger;
    private final String payer;
    private final Scope scope;
    private Spending open = Spending.NOTHING;
    private Spending all = Spending.NOTHING;

    Tab(TokenLedger ledger, Answering.Ask ask) {
        this.ledger = ledger;
        this.payer = ask.payer();
        this.scope = ask.scope();
    }

    void add(Meter.Spent spent) {
        open = open.and(spent);
        all = all.and(spent);
    }

    /// A model wrote the answer, to its end or not.
    void answered() {
        open = open.answered();
    }

    Spending all() {
        return all;
    }

    /// Puts down what is not put down yet.
    ///
    /// @param best the base of the best passage; null where nothing was found
    void settle(@Nullable KnowledgeBaseId best) {
        Spending now = open;
        open = Spending.NOTHING;
        if (!now.equals(Spending.NOTHING)) {
            ledger.add(payer, best == null ? onlyBase() : best, now);
        }
    }

    /// What is put down before it is known which base answers.
    KnowledgeBaseId onlyBase() {
        var bases = scope.shared();
        return bases.size() == 1 ? bases.iterator().next() : TokenLedger.SEVERAL_BASES;
    }
}
