package io.zhiwen.evaluate.trust;

import io.zhiwen.ask.stream.Terms;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.chunk.Sentences;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes labelled pairs of a set's questions: true sentences, and each of them made untrue in the
/// ways models go wrong. The same set gives the same pairs.
final class Pairs {

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(?:\\.\\d+)?");
    private static final Pattern NO_DIGIT = Pattern.compile("\\D*");
    private static final Pattern HAN_WH =
            Pattern.compile(
                    "什么时候|什麼時候|哪一?年|哪個?一?地[方區]|哪一?[位个個]?(?:人|国家|國家|城市|地区|公司)?|多少|几(?!乎|何)|幾(?!乎|何)|谁|誰|什么|什麼|何时|何時|何地|何人|哪里|哪裡|哪兒");
    private static final Pattern SUBJECT_WH =
            Pattern.compile(
                    "^(?:Who|What|Which [a-z]+|What [a-z]+) (?=(?!do |does |did |is |are |was |were |will |can |could |would |has |have |had |many |much )[a-z]+(?:ed|s|t|e|d|n|w|k)? )");
    private static final Pattern AUXILIARY =
            Pattern.compile(
                    "\\b(is|are|was|were|has been|have been|can|could|will|would|may|must|should)\\b(?! not)");
    private static final Pattern HAN_VERB =
            Pattern.compile(
                    "(?<![不没不沒未非就凡若仅還还于於但总只可便即])(?:是|有|在|為|为(?!了)|會|会(?!议|員|员|長|长|社)|能(?!力|量|源)|可以|属于|屬於)(?!否)");

    private final AnsweredSet set;
    private final Random random = new Random(11);
    private final Map<AnsweredSet.Document, Set<String>> terms = new HashMap<>();

    private Pairs(AnsweredSet set) {
        this.set = set;
    }

    static List<Pair> of(AnsweredSet set) {
        return new Pairs(set).make();
    }

    private List<Pair> make() {
        List<Pair> pairs = new ArrayList<>();
        for (AnsweredSet.Question question : set.questions()) {
            String answer = question.answers().getFirst();
            sentence(question, answer)
                    .ifPresent(s -> add(pairs, question, answer, Pair.Style.SENTENCE, s));
            statement(question, answer)
                    .ifPresent(s -> add(pairs, question, answer, Pair.Style.STATEMENT, s));
        }
        return pairs;
    }

    private void add(
            List<Pair> pairs,
            AnsweredSet.Question question,
            String answer,
            Pair.Style style,
            String claim) {
        String text = question.document().text();
        pairs.add(pair(Pair.Kind.TRUE, style, claim, question.document()));
        numberChanged(claim, text)
                .ifPresent(
                        c ->
                                pairs.add(
                                        pair(
                                                Pair.Kind.NUMBER_CHANGED,
                                                style,
                                                c,
                                                question.document())));
        numberMoved(claim, text)
                .ifPresent(
                        c ->
                                pairs.add(
                                        pair(
                                                Pair.Kind.NUMBER_MOVED,
                                                style,
                                                c,
                                                question.document())));
        entitySwapped(claim, answer, text)
                .ifPresent(
                        c ->
                                pairs.add(
                                        pair(
                                                Pair.Kind.ENTITY_SWAPPED,
                                                style,
                                                c,
                                                question.document())));
        negated(claim)
                .ifPresent(c -> pairs.add(pair(Pair.Kind.NEGATED, style, c, question.document())));
        pairs.add(
                pair(
                        Pair.Kind.OTHER_PASSAGE,
                        style,
                        claim,
                        mostAlike(claim, answer, question.document())));
    }

    private static Pair pair(
            Pair.Kind kind, Pair.Style style, String claim, AnsweredSet.Document document) {
        return new Pair(kind, style, claim, document.text(), document.title());
    }

    private static Optional<String> sentence(AnsweredSet.Question question, String answer) {
        String text = question.document().text();
        return Sentences.of(text).stream()
                .map(span -> span.of(text))
                .filter(sentence -> sentence.contains(answer) && sentence.length() <= 400)
                .findFirst();
    }

    /// Chinese asks in the place of the answer; English does where the answer is the subject.
    private static Optional<String> statement(AnsweredSet.Question question, String answer) {
        String asked = question.text().strip();
        boolean chinese = Language.of(asked) == Language.ZH;
        Matcher wh = (chinese ? HAN_WH : SUBJECT_WH).matcher(asked);
        if (!wh.find() || answer.length() > (chinese ? 20 : 60)) {
            return Optional.empty();
        }
        String stated =
                wh.replaceFirst(Matcher.quoteReplacement(chinese ? answer : capital(answer) + " "));
        String end = chinese ? "。" : ".";
        String said = stated.replaceFirst("[?？。.吗嗎呢]*\\s*$", "") + end;
        return (chinese ? HAN_WH : Pattern.compile("\\b(?:who|what|which)\\b")).matcher(said).find()
                ? Optional.empty()
                : Optional.of(said);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private Optional<String> numberChanged(String claim, String text) {
        Matcher numbers = NUMBER.matcher(claim);
        List<int[]> places = new ArrayList<>();
        while (numbers.find()) {
            places.add(new int[] {numbers.start(), numbers.end()});
        }
        if (places.isEmpty()) {
            return Optional.empty();
        }
        int[] place = places.get(random.nextInt(places.size()));
        String number = claim.substring(place[0], place[1]);
        for (int i = 0; i < 20; i++) {
            char[] digits = number.toCharArray();
            int at = random.nextInt(digits.length);
            if (Character.isDigit(digits[at])) {
                digits[at] = (char) ('1' + random.nextInt(9));
                String changed = new String(digits);
                if (!text.contains(changed)) {
                    return Optional.of(
                            claim.substring(0, place[0]) + changed + claim.substring(place[1]));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> numberMoved(String claim, String text) {
        Matcher numbers = NUMBER.matcher(claim);
        if (!numbers.find()) {
            return Optional.empty();
        }
        List<String> others = new ArrayList<>();
        Matcher inText = NUMBER.matcher(text);
        while (inText.find()) {
            if (!claim.contains(inText.group())
                    && (inText.group().length() == 4) == (numbers.group().length() == 4)) {
                others.add(inText.group());
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        claim.substring(0, numbers.start())
                                + others.get(random.nextInt(others.size()))
                                + claim.substring(numbers.end()));
    }

    private Optional<String> entitySwapped(String claim, String answer, String text) {
        if (!NO_DIGIT.matcher(answer).matches() || !claim.contains(answer) || answer.length() < 2) {
            return Optional.empty();
        }
        boolean capital = Character.isUpperCase(answer.codePointAt(0));
        for (int i = 0; i < 200; i++) {
            AnsweredSet.Question other =
                    set.questions().get(random.nextInt(set.questions().size()));
            String swapped = other.answers().getFirst();
            boolean alike =
                    NO_DIGIT.matcher(swapped).matches()
                            && Character.isUpperCase(swapped.codePointAt(0)) == capital
                            && swapped.length() >= 2
                            && Math.abs(swapped.length() - answer.length())
                                    <= Math.max(2, answer.length() / 2);
            if (alike
                    && !SearchText.fold(text).contains(SearchText.fold(swapped))
                    && !SearchText.fold(answer).contains(SearchText.fold(swapped))) {
                return Optional.of(claim.replace(answer, swapped));
            }
        }
        return Optional.empty();
    }

    private Optional<String> negated(String claim) {
        if (Language.of(claim) == Language.ZH) {
            String without = claim.replaceFirst("不是|並不|并不", "是");
            if (!without.equals(claim)) {
                return Optional.of(without);
            }
            Matcher verb = HAN_VERB.matcher(claim);
            if (!verb.find()) {
                return Optional.empty();
            }
            String no = verb.group().equals("有") ? "没" : verb.group().matches("为|為") ? "并非" : "不";
            String with = verb.group().matches("为|為") ? no : no + verb.group();
            return Optional.of(
                    claim.substring(0, verb.start()) + with + claim.substring(verb.end()));
        }
        String without =
                claim.replaceFirst("\\b(?:did|do|does) not ", "").replaceFirst(" not ", " ");
        if (!without.equals(claim)) {
            return Optional.of(without);
        }
        Matcher auxiliary = AUXILIARY.matcher(claim);
        return auxiliary.find()
                ? Optional.of(
                        claim.substring(0, auxiliary.end())
                                + " not"
                                + claim.substring(auxiliary.end()))
                : Optional.empty();
    }

    /// The document without the answer that shares most words with the claim.
    private AnsweredSet.Document mostAlike(String claim, String answer, AnsweredSet.Document own) {
        Set<String> wanted = Terms.of(SearchText.fold(claim));
        AnsweredSet.Document best = own;
        long most = -1;
        for (AnsweredSet.Document document : set.documents()) {
            if (document.equals(own) || document.text().contains(answer)) {
                continue;
            }
            Set<String> shared =
                    new HashSet<>(
                            terms.computeIfAbsent(
                                    document, d -> Terms.of(SearchText.fold(d.text()))));
            shared.retainAll(wanted);
            if (shared.size() > most) {
                most = shared.size();
                best = document;
            }
        }
        return best;
    }
}
