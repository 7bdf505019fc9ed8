package io.zhiwen.ask.cite;

import io.zhiwen.ask.stream.Terms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which words of a folded text are denied and which are not: a denial reaches some words behind
/// its cue, to the end of the clause.
///
/// @param denied words within reach of a denial
/// @param said the others
/// @param denies whether there is a denial at all
public record Polarity(Set<String> denied, Set<String> said, boolean denies) {

    /// Words with a denying character that deny nothing.
    private static final Pattern COMPOUNDS =
            Pattern.compile(
                    "不(?:同|仅|断|少|过|久|管|但|只|得不|论|锈钢|动产|可或缺|乏|禁|愧|妨|惜|料|等|已|停|时|日|凡|错|满|良|幸|朽|丹|列颠)"
                            + "|[差了免]不[多起了]|无(?:论|线|数|穷|锡|偿|敌|比|疑|形|名|人机|关紧要|产阶级)|非(?:常|洲|凡|裔|同)"
                            + "|未(?:来|免|必)|否则|除非|是否|能否|可否|与否|没(?:收|落|想到)|莫(?:斯科|扎特|里|尔|奈|高)"
                            + "|\\bnot only\\b|\\bno longer than\\b|\\bno\\. ?(?=\\d)|\\bnot to mention\\b|\\bnonetheless\\b");

    private static final Pattern CUE =
            Pattern.compile(
                    "\\b(?:not|no|never|none|neither|nor|nobody|nothing|without|cannot|unable|fail(?:s|ed|ing)?"
                            + "|lack(?:s|ed|ing)?|prohibit\\w*|forbid\\w*|refus\\w+|den(?:y|ies|ied))\\b|n['’]t\\b"
                            + "|[不没無无未非勿莫别](?!\\p{Punct})|禁止|拒绝|缺乏|并非|尚未|毫无");

    private static final Pattern CLAUSE = Pattern.compile("[^,，;；:：。.!！?？()（）\\n]+");

    private static final int LATIN_REACH = 40;
    private static final int HAN_REACH = 7;

    public static Polarity of(String folded) {
        Set<String> denied = new HashSet<>();
        Set<String> said = new HashSet<>();
        boolean denies = false;
        Matcher clauses = CLAUSE.matcher(COMPOUNDS.matcher(folded).replaceAll("  "));
        while (clauses.find()) {
            String clause = clauses.group();
            Matcher cues = CUE.matcher(clause);
            int from = 0;
            while (cues.find()) {
                denies = true;
                said.addAll(Terms.of(clause.substring(from, Math.max(from, cues.start()))));
                int reach = isHan(clause, cues.end()) ? HAN_REACH : LATIN_REACH;
                from = Math.max(from, Math.min(clause.length(), cues.end() + reach));
                denied.addAll(Terms.of(clause.substring(cues.end(), from)));
            }
            said.addAll(Terms.of(clause.substring(from)));
        }
        return new Polarity(denied, said, denies);
    }

    static List<String> clauses(String folded) {
        return CLAUSE.matcher(folded).results().map(MatchResult::group).toList();
    }

    private static boolean isHan(String text, int at) {
        return at < text.length()
                && Character.UnicodeScript.of(text.charAt(at)) == Character.UnicodeScript.HAN;
    }

    /// Whether this text denies what `evidence` says, or says what it denies.
    boolean contradicts(Polarity evidence) {
        if (denies) {
            Set<String> known = new HashSet<>(denied);
            known.retainAll(evidence.said);
            known.removeAll(evidence.denied);
            boolean unknown = denied.stream().noneMatch(evidence.denied::contains);
            return evidence.denies ? !known.isEmpty() && unknown : true;
        }
        if (!evidence.denies) {
            return false;
        }
        Set<String> reversed = new HashSet<>(said);
        reversed.retainAll(evidence.denied);
        reversed.removeAll(evidence.said);
        return reversed.size() > 1;
    }
}
