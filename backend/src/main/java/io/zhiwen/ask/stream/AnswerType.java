package io.zhiwen.ask.stream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What kind of thing a question asks for, and whether a sentence has one that the question does
/// not say itself.
public enum AnswerType {
    TIME(
            "\\bwhen\\b|\\b(?:what|which|in what|in which) (?:year|month|day|date|century|decade|time)\\b"
                    + "|何时|什么时候|哪一?年|哪一?月|哪一?天|几时|几年|几月|几号|时间|日期|何年|哪个?世纪|哪个?年代|什么年代",
            "\\b(?:1\\d{3}|20\\d{2})s?\\b|\\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\\b"
                    + "|\\bcentur(?:y|ies)\\b|\\b\\d{1,2}:\\d{2}\\b|\\b(?:today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b"
                    + "|[\\d一二三四五六七八九十零〇元]+(?:年|月|日|世纪|点|时)|朝|时期|年代|初期|末期|晚期|早期|期间"),
    NUMBER(
            "\\bhow (?:many|much|long|old|far|tall|high|large|big|often|deep|wide)\\b|\\bwhat (?:percent|percentage|number|amount|price|size|proportion|fraction|population)\\b"
                    + "|多少|几(?!乎|何)|多长|多高|多大|多远|多久|多重|百分之|比例|数量|人口|面积|价格|金额",
            "\\d+(?:[.,]\\d+)*%?|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|billion|dozen|half|third|quarter|twice|once)\\b"
                    + "|[一二两三四五六七八九十百千万亿半]+(?:[个名位人次种年月日天岁元米公里吨倍成分条家座所部集届项级层架艘辆千百万亿头只])"),
    PERSON(
            "\\bwho(?:m|se)?\\b|\\bwhat (?:person|scientist|king|president|author|leader)\\b|谁|哪位|何人|什么人|哪个人|名字|叫什么",
            "[A-Z][\\p{L}.'-]+(?: (?:of |the |de |von |van )?[A-Z][\\p{L}.'-]+)+|·"
                    + "|(?:先生|女士|教授|导演|总统|主席|皇帝|国王|将军|博士|作家|诗人|演员|总理|经理|主任|队长|部长|市长|父亲|母亲|妻子|儿子)|[由是为][\\p{IsHan}]{2,3}[，。、]"),
    PLACE(
            "\\bwhere\\b|\\b(?:what|which) (?:country|city|state|place|region|town|river|county|continent|area|location)\\b"
                    + "|哪里|哪儿|何处|何地|哪个?(?:国家|城市|地方|地区|省|市|县|洲|国)|什么地方|位于|地点",
            "\\b(?:in|at|from|near|to|of|across|between|outside|inside) (?:the )?(?:[a-z]+ )?[A-Z][\\p{L}]+"
                    + "|[省市县区州国洲岛镇村乡路街山河湖江海湾港]|[东西南北中]部"),
    DEFINITION(
            "^\\s*(?:what (?:is|are|was|were) (?:an? |the )?[\\w -]{2,40}\\?*$|define\\b)|是什么(?:意思)?[？?]?$|^什么是|什么叫|何谓|定义",
            "\\b(?:is|are|was|were|refers to|means|known as|called)\\b|是|指|即|称为|又称|简称"),
    REASON(
            "\\bwhy\\b|\\b(?:reason|cause)s?\\b|为什么|为何|原因|缘故",
            "\\b(?:because|since|due to|as a result|so that|in order to|caused|reasons?|therefore|led to)\\b|因为|由于|因此|所以|为了|导致|使得|原因"),
    OTHER("(?!)", "(?!)");

    private final Pattern asked;
    private final Pattern found;

    AnswerType(String asked, String found) {
        this.asked = Pattern.compile(asked, Pattern.CASE_INSENSITIVE);
        this.found = Pattern.compile(found);
    }

    /// @param question folded
    public static AnswerType of(String question) {
        for (AnswerType type : values()) {
            if (type.asked.matcher(question).find()) {
                return type;
            }
        }
        return OTHER;
    }

    /// Whether the sentence has something of this type that is not in the question already.
    ///
    /// @param sentence as it is: names are known by their capitals
    /// @param folded the sentence folded
    /// @param question folded
    boolean isIn(String sentence, String folded, String question) {
        return isNew(found.matcher(folded), question)
                || ((this == PERSON || this == PLACE) && isNew(found.matcher(sentence), question));
    }

    private boolean isNew(Matcher matches, String question) {
        while (matches.find()) {
            if (this == DEFINITION
                    || this == REASON
                    || !question.contains(lower(matches.group()))) {
                return true;
            }
        }
        return false;
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}
