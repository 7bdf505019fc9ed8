package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A question finds the same passage however it is typed, in a base where each document has others
/// that are nearly about the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RobustnessTest extends House {

    private static final Map<String, String> DOCUMENTS =
            Map.ofEntries(
                    Map.entry(
                            "annual leave",
                            "Employees receive 15 days of paid annual leave each calendar year."
                                    + " Days that are not taken lapse at the end of March."),
                    Map.entry(
                            "sick leave",
                            "Employees who are ill receive up to 30 days of paid sick leave each"
                                    + " calendar year, with a note from a doctor from the third day."),
                    Map.entry(
                            "parental leave",
                            "New parents receive 16 weeks of paid parental leave, which may be"
                                    + " taken in two parts before the child is two years old."),
                    Map.entry(
                            "travel expenses",
                            "Travel expenses are reimbursed within ten working days when receipts"
                                    + " are attached to the form."),
                    Map.entry(
                            "training",
                            "Course fees are reimbursed up to 900 euros a year when the manager"
                                    + " has approved the training beforehand."),
                    Map.entry(
                            "relocation",
                            "The company reimburses the costs of moving house up to 2,000 euros"
                                    + " when the new office is more than 50 km away."),
                    Map.entry(
                            "pump QX-7300-B",
                            "The pump QX-7300-B is serviced every 500 hours with oil of grade 46."),
                    Map.entry(
                            "pump QX-7300-C",
                            "The pump QX-7300-C is serviced every 800 hours with oil of grade 68."),
                    Map.entry(
                            "pump QX-7200-B",
                            "The pump QX-7200-B is serviced every 300 hours with oil of grade 32."),
                    Map.entry(
                            "vpn",
                            "The VPN client asks for a second factor at each sign-in from outside"
                                    + " the office network."),
                    Map.entry(
                            "guest network",
                            "Visitors use the guest Wi-Fi; its password changes every Monday and"
                                    + " is shown at the reception."),
                    Map.entry("年假", "员工每个自然年享有十五天带薪年假，未休完的年假可以顺延到次年三月底。"),
                    Map.entry("病假", "员工因病请假每年最多享有三十天带薪病假，第三天起须提交医院证明。"),
                    Map.entry("产假", "女员工生育享有一百五十八天产假，难产的另外增加十五天。"),
                    Map.entry("差旅报销", "出差返回后十个工作日内提交差旅费报销申请，并附上全部发票。"),
                    Map.entry("培训报销", "培训费经主管批准后报销，每人每年不超过六千元。"),
                    Map.entry("等级保护要求", "GB/T 22239-2019 规定了网络安全等级保护的基本要求，三级系统每年测评一次。"),
                    Map.entry("等级保护定级", "GB/T 22240-2020 规定了网络安全等级保护的定级方法，由专家评审定级结果。"),
                    Map.entry("機房門禁", "數據機房的門禁卡遺失時，須在兩小時內通知資訊安全部門並停用該卡。"),
                    Map.entry("会议室门禁", "会议室的门禁在会议开始前十分钟自动开启，结束后自动锁上。"),
                    Map.entry("逾期交付", "乙方逾期交付货物的，每逾期一日按合同总额的千分之三支付违约金。"),
                    Map.entry("逾期付款", "甲方逾期付款的，每逾期一日按应付款项的万分之五支付滞纳金。"));

    private @Nullable KnowledgeBaseId made;

    @BeforeEach
    void fill() throws Exception {
        if (made != null) {
            return;
        }
        KnowledgeBaseId base = library.create(root, "However it is typed").id();
        List<DocumentId> documents = new ArrayList<>();
        for (Map.Entry<String, String> one : DOCUMENTS.entrySet()) {
            documents.add(upload(base, one.getKey() + ".txt", one.getValue()));
        }
        for (DocumentId document : documents) {
            awaitReady(document);
        }
        made = base;
    }

    @AfterAll
    void delete() {
        if (made != null) {
            library.delete(root, made);
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            as it is                    | annual leave    | how many days of annual leave
            capitals                    | annual leave    | HOW MANY DAYS OF ANNUAL LEAVE
            full width                  | annual leave    | ｈｏｗ　ｍａｎｙ　ｄａｙｓ　ｏｆ　ａｎｎｕａｌ　ｌｅａｖｅ
            doubled spaces              | annual leave    | how   many  days   of  annual    leave
            a typo, letters swapped     | annual leave    | how many days of annaul laeve
            a typo, a letter too much   | annual leave    | how many days of annnual leave
            emoji                       | annual leave    | how many days of annual leave 🏖️🙏🏽
            punctuation                 | annual leave    | “How many days — of annual leave?!?!”
            one word                    | relocation      | relocation
            as it is                    | travel expenses | when are travel expenses reimbursed
            a typo, a letter missing    | travel expenses | when are travl expenses reimbursd
            a typo, another letter      | travel expenses | when are travel expances reimbursed
            typos in all of its words   | travel expenses | travle expences
            a typo in the only word     | vpn             | secnod factor
            accents                     | travel expenses | when are trável expénses reimbursed
            quotation marks             | sick leave      | "sick leave" note
            looks like a syntax         | sick leave      | +sick AND leave^2 OR note*
            code as written             | pump QX-7300-B  | how often is QX-7300-B serviced
            code without hyphens        | pump QX-7300-B  | how often is QX7300B serviced
            code with spaces            | pump QX-7300-B  | how often is QX 7300 B serviced
            code with doubled spaces    | pump QX-7300-B  | how often is QX  7300  B serviced
            code in small letters       | pump QX-7300-B  | how often is qx-7300-b serviced
            code in full width          | pump QX-7300-B  | how often is ＱＸ－７３００－Ｂ serviced
            code with other dashes      | pump QX-7300-B  | how often is QX–7300—B serviced
            code with minus signs       | pump QX-7300-B  | how often is QX−7300−B serviced
            code with spaced hyphens    | pump QX-7300-B  | how often is QX - 7300 - B serviced
            code with a zero-width space| pump QX-7300-B  | how often is QX-7300\u200B-B serviced
            code in a Chinese question  | pump QX-7300-B  | QX7300B多久保养一次
            its neighbour               | pump QX-7300-C  | how often is qx 7300 c serviced
            its other neighbour         | pump QX-7200-B  | how often is qx7200b serviced
            as it is                    | 年假              | 年假可以顺延到几月
            two characters              | 年假              | 年假
            traditional                 | 年假              | 年假可以順延到幾月
            spaces between characters   | 年假              | 年 假 可 以 顺 延 到 几 月
            doubled spaces              | 年假              | 年假　　可以顺延到几月
            emoji inside                | 年假              | 年假🏖️可以顺延到几月😀
            emoji between characters    | 年假              | 年🏖️假可以顺🏖️延到几月
            punctuation                 | 年假              | 「年假」可以顺延到几月？？？
            half-width punctuation      | 年假              | 年假,可以顺延到几月?
            function words around       | 年假              | 请问一下我们的年假是可以顺延到几月的呢
            a wrong character           | 差旅报销            | 差旅费抱销要交什么
            a character missing         | 差旅报销            | 差旅报消
            as it is                    | 差旅报销            | 差旅费报销要交什么
            traditional                 | 差旅报销            | 差旅費報銷要交什麼
            simplified, text is not     | 機房門禁            | 数据机房门禁卡丢了怎么办
            traditional, as the text    | 機房門禁            | 數據機房門禁卡丟了怎麼辦
            mixed                       | 機房門禁            | 數據机房門禁卡
            standard as written         | 等级保护要求          | GB/T 22239-2019 多久测评一次
            standard without marks      | 等级保护要求          | gbt222392019 多久测评一次
            standard with spaces        | 等级保护要求          | GB T 22239 2019 多久测评一次
            standard in full width      | 等级保护要求          | ＧＢ／Ｔ　２２２３９－２０１９多久测评一次
            standard, its number alone  | 等级保护要求          | 22239 多久测评一次
            its neighbour               | 等级保护定级          | gb/t22240—2020 怎么定级
            as it is                    | 逾期交付            | 乙方逾期交付的违约金
            its neighbour               | 逾期付款            | 甲方逾期付款的滞纳金
            traditional                 | 逾期交付            | 乙方逾期交付的違約金
            """)
    void aQuestionFindsItsPassageHoweverItIsTyped(String way, String document, String typed)
            throws Exception {
        assertThat(first(typed.replace("\\u200B", "\u200B"))).isEqualTo(document);
    }

    @Test
    void aQuestionBehindTwoThousandCharactersOfOtherTalkFindsItsPassage() throws Exception {
        String talk = "Thank you for the nice meeting, it was good to see everybody again. ";
        assertThat(first(talk.repeat(29) + "How often is qx7300b serviced?"))
                .isEqualTo("pump QX-7300-B");
        assertThat(first("How often is qx7300b serviced? " + talk.repeat(29)))
                .isEqualTo("pump QX-7300-B");
        String chinese = "上次见面聊得很开心，大家都说下次还要再来，天气也很好。";
        assertThat(first(chinese.repeat(75) + "乙方逾期交付的违约金是多少？")).isEqualTo("逾期交付");
        assertThat(first("乙方逾期交付的违约金是多少？" + chinese.repeat(75))).isEqualTo("逾期交付");
    }

    @Test
    void functionWordsAloneAreSearchedInAnyOrderAndCase() throws Exception {
        assertThat(first("what is it and for whom")).isEqualTo(first("WHAT IS IT, and for whom?"));
        assertThat(first("what is it and for whom")).isNotEmpty();
        assertThat(first("是什么")).isEqualTo(first("  是 什么 "));
    }

    private String first(String typed) throws Exception {
        JsonNode items =
                service(fullKey)
                        .post(
                                "/api/v1/search",
                                JsonMapper.shared()
                                        .writeValueAsString(
                                                Map.of(
                                                        "query",
                                                        typed,
                                                        "knowledge_base_ids",
                                                        List.of(String.valueOf(made)))))
                        .json()
                        .path("items");
        return items.path(0).path("document").path("name").asString().replace(".txt", "");
    }
}
