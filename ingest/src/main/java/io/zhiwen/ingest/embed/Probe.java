package io.zhiwen.ingest.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a model makes of a few known questions and the passages that answer them. Two probes tell
/// whether two models are one, and how cosines of one space read on the scale of another.
///
/// @param questions one unit vector for each of `QUESTIONS`
/// @param passages one unit vector for each of `PASSAGES`
public record Probe(List<float[]> questions, List<float[]> passages) {

    public static final List<String> QUESTIONS =
            List.of(
                    "年假有几天？",
                    "报销差旅费需要哪些材料？",
                    "服务器重启后无法连接数据库怎么办？",
                    "产品的保修期是多长时间？",
                    "How many days of annual leave are there?",
                    "Which receipts are needed to claim travel costs?",
                    "What is to be done when the pump overheats?",
                    "Who discovered penicillin?");

    public static final List<String> PASSAGES =
            List.of(
                    "员工每年享有十五天带薪年假，入职未满一年的按月折算。",
                    "出差结束后十日内提交发票、车票和经批准的申请单，财务据此报销。",
                    "重启之后应先检查数据库服务是否启动，再核对端口和防火墙设置。",
                    "整机自购买之日起保修两年，易损件不在保修范围之内。",
                    "Employees have 25 days of paid leave a year; part-time staff proportionally fewer.",
                    "Hand in tickets and hotel bills within ten days; without them expenses are not paid.",
                    "If the temperature of the pump rises above 90 degrees, switch it off and clean its filter.",
                    "In 1928 Alexander Fleming saw that a mould killed the bacteria in his dishes.");

    /// The texts before are Chinese, the others English.
    private static final int ENGLISH = 4;

    /// Quantisation and batches move a vector by less, another model by far more.
    private static final double SAME = 0.95;

    /// A model whose answers are no nearer than anything else cannot be read on any scale.
    private static final double LEAST_DIFFERENCE = 0.05;

    private static final double STEEPEST = 4;

    public Probe {
        questions = List.copyOf(questions);
        passages = List.copyOf(passages);
        if (questions.size() != QUESTIONS.size() || passages.size() != PASSAGES.size()) {
            throw new IllegalArgumentException("a probe of other texts");
        }
    }

    static Probe of(
            Function<List<String>, List<float[]>> questions,
            Function<List<String>, List<float[]>> passages) {
        return new Probe(questions.apply(QUESTIONS), passages.apply(PASSAGES));
    }

    public int dimension() {
        return questions.getFirst().length;
    }

    public List<float[]> vectors() {
        List<float[]> all = new ArrayList<>(questions);
        all.addAll(passages);
        return all;
    }

    /// Those that `vectors` gave.
    public static Probe read(List<float[]> vectors) {
        int questions = Math.min(QUESTIONS.size(), vectors.size());
        return new Probe(vectors.subList(0, questions), vectors.subList(questions, vectors.size()));
    }

    /// Whether the model that made it gives this vector for the first question.
    boolean recognises(float[] firstQuestion) {
        float[] known = questions.getFirst();
        return known.length == firstQuestion.length && cosine(known, firstQuestion) >= SAME;
    }

    /// How a cosine of this space reads on the scale of two others: what answers lies where answers
    /// lie there, and what does not where that does.
    Scale to(Probe chinese, Probe english) {
        Cosines here = Cosines.mean(chinese(), english());
        Cosines there = Cosines.mean(chinese.chinese(), english.english());
        double difference = here.answers() - here.others();
        double steep =
                difference < LEAST_DIFFERENCE
                        ? 1
                        : Math.clamp(
                                (there.answers() - there.others()) / difference,
                                1 / STEEPEST,
                                STEEPEST);
        return new Scale(there.others() - steep * here.others(), steep);
    }

    private Cosines chinese() {
        return cosines(0, ENGLISH);
    }

    private Cosines english() {
        return cosines(ENGLISH, QUESTIONS.size());
    }

    private Cosines cosines(int from, int to) {
        List<Double> answers = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (int question = from; question < to; question++) {
            for (int passage = from; passage < to; passage++) {
                double cosine = cosine(questions.get(question), passages.get(passage));
                (question == passage ? answers : others).add(cosine);
            }
        }
        return new Cosines(mean(answers), mean(others));
    }

    /// @param answers of questions with what answers them, on average
    /// @param others of questions with other passages
    private record Cosines(double answers, double others) {

        static Cosines mean(Cosines one, Cosines other) {
            return new Cosines((one.answers + other.answers) / 2, (one.others + other.others) / 2);
        }
    }

    /// A straight line, rising.
    record Scale(double offset, double steep) {

        double of(double cosine) {
            return Math.clamp(offset + steep * cosine, -1, 1);
        }
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * (double) other[i];
        }
        return sum;
    }
}
