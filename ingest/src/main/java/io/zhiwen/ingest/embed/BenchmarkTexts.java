package io.zhiwen.ingest.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Passages of realistic length for measuring: sentences of the kind that handbooks and reports
/// have, in an order drawn with a fixed seed.
final class BenchmarkTexts {

    private static final List<String> CHINESE =
            List.of(
                    "员工累计工作已满一年不满十年的，每年可以享受五天带薪年休假，已满十年不满二十年的为十天。",
                    "申请人应当在系统中填写出差事由、目的地和起止日期，由部门负责人审批后方可预订机票。",
                    "本季度公司实现营业收入12.6亿元，同比增长8.3%，其中海外业务收入占比首次超过三成。",
                    "服务器默认监听8080端口，如需修改请在启动前设置环境变量，并重新启动服务。",
                    "设备运行温度应保持在5℃至40℃之间，相对湿度不超过85%，避免阳光直射和强电磁干扰。",
                    "合同自双方签字盖章之日起生效，有效期三年，期满前三十日内任何一方均可书面提出续签。",
                    "数据库每天凌晨两点自动备份，备份文件保留三十天，超过期限的文件由系统自动清理。",
                    "该型号电池的额定容量为280Ah，在25℃条件下循环寿命不低于6000次，容量保持率不低于80%。",
                    "新员工入职后一周内须完成信息安全培训和考试，成绩低于八十分的应当补考一次。",
                    "项目组对三种方案进行了比较，认为方案二在成本和工期上更有优势，但需要增加两名工程师。",
                    "客户投诉应在二十四小时内响应，重大投诉须在两小时内上报质量管理部并启动调查程序。",
                    "图3给出了不同载荷下的应力分布，最大应力出现在支架与底板的连接处，约为材料屈服强度的六成。",
                    "根据《劳动合同法》第三十九条的规定，严重违反用人单位规章制度的，用人单位可以解除劳动合同。",
                    "报销单据应按时间顺序粘贴整齐，发票抬头必须与公司全称一致，电子发票需附打印件。");
    private static final List<String> ENGLISH =
            List.of(
                    "Employees who have worked for one to ten years are entitled to five days of"
                            + " paid leave each year.",
                    "The server listens on port 8080 by default; set the environment variable"
                            + " before the start to change it.",
                    "Revenue for the quarter was 1.26 billion, up 8.3 percent, with sales abroad"
                            + " passing a third of the total for the first time.",
                    "A backup of the database runs every night at two and is kept for thirty days"
                            + " before it is removed.",
                    "The device must be kept between 5 and 40 degrees Celsius and away from strong"
                            + " electromagnetic fields.",
                    "Either party may end this agreement with ninety days' written notice, unless"
                            + " a shorter period has been agreed.",
                    "Complaints are answered within one working day, and serious ones are reported"
                            + " to quality management within two hours.",
                    "Figure 3 shows the stress under several loads; the maximum lies at the joint"
                            + " of bracket and base plate.",
                    "Pilots should review the weather briefing, the weight and balance of the"
                            + " aircraft and the length of the runways before each flight.",
                    "The committee compared three proposals and found the second cheaper and"
                            + " quicker, though it needs two more engineers.",
                    "New staff complete the security course in their first week and repeat the"
                            + " test when they score below eighty points.",
                    "Receipts are attached in order of date, and the name on each invoice must"
                            + " match the registered name of the company.",
                    "The battery holds 280 ampere hours and keeps eighty percent of its capacity"
                            + " over at least six thousand cycles.",
                    "Water that enters the turbine passes through a screen, a settling tank and"
                            + " two valves that close when the pressure falls.");

    private BenchmarkTexts() {}

    static List<String> chinese(int count) {
        return passages(CHINESE, "", count);
    }

    static List<String> english(int count) {
        return passages(ENGLISH, " ", count);
    }

    /// Three to nine sentences each, about 130 to 400 Chinese characters or 60 to 200 words.
    private static List<String> passages(List<String> sentences, String between, int count) {
        Random random = new Random(20_251_122);
        List<String> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> chosen = new ArrayList<>();
            int length = 3 + random.nextInt(7);
            for (int k = 0; k < length; k++) {
                chosen.add(sentences.get(random.nextInt(sentences.size())));
            }
            passages.add(String.join(between, chosen));
        }
        return passages;
    }
}
