package io.zhiwen.suggest;

import java.util.List;
import java.util.regex.Pattern;

/// Chinese headings as questions, by the words they begin and end with.
final class ChineseHeading {

    /// A heading that ends so is asked about like this.
    ///
    /// @param alone whether the words alone say what is meant
    private record Ending(Pattern words, String asked, boolean alone) {

        static Ending of(String words, String asked) {
            return new Ending(Pattern.compile("(?:" + words + ")$"), asked, false);
        }

        static Ending ofTopic(String words, String asked) {
            return new Ending(Pattern.compile("(?:" + words + ")$"), asked, true);
        }
    }

    private static final Pattern ASKS =
            Pattern.compile("^(?:如何|怎样|怎么|为什么|为何|是否|什么|哪些|谁|几)|什么|哪些|哪个|多少|多久|是否|怎么|如何|怎样|为什么");
    private static final Pattern ACTION =
            Pattern.compile(
                    "^(?:申请|安装|配置|设置|部署|使用|升级|更新|备份|恢复|报销|创建|新建|删除|修改|导出|导入|登录|注册|查询|查看|提交|办理"
                            + "|启动|停止|重启|卸载|编辑|添加|上传|下载|打印|连接|调整|取消|开通|预订|预约|编写|运行|构建|迁移|重置|发布|选择)");
    private static final Pattern THING =
            Pattern.compile("(?:[表包单书人员码号件]|记录|日志|页面|界面|系统|平台|服务|工具|软件|文件)$");
    private static final Pattern OVERVIEW = Pattern.compile("(?:的)?(?:简介|介绍|概述|概况|概览|综述|总览)$");
    private static final Pattern RULES = Pattern.compile("(?:的)?(?:相关|有关)?规定$");
    /// Before such an ending these say nothing of their own.
    private static final Pattern ANYTHING =
            Pattern.compile("(?:申请|办理|审批|操作|使用|基本|主要|相关|适用|证明|所需|具体|报名|提交|注意|常见)?");

    private static final List<Ending> ENDINGS =
            List.of(
                    Ending.of("流程|步骤|程序|过程|做法|用法|写法|结构|架构|机制|安排|分工|计划|工作原理", "是怎样的？"),
                    Ending.of("时间|日期", "是什么时候？"),
                    Ending.of("期限|时限|周期|时长", "是多久？"),
                    Ending.of("费用|金额|价格|额度|比例|人数|数量|天数|次数|费率|单价", "是多少？"),
                    Ending.of("地点|地址|位置", "在哪里？"),
                    Ending.of(
                            "区别|差异|不同|定义|概念|含义|目的|目标|意义|作用|原理|背景|依据|结论|结果|范围|标准|原则|关系|用途|区别与联系",
                            "是什么？"),
                    Ending.of(
                            "条件|要求|材料|资料|功能|特点|特性|类型|种类|分类|原因|优势|优点|缺点|限制|权限|职责|责任|义务|权利|事项|问题|指标"
                                    + "|情形|措施|待遇|福利|风险|参数|命令|选项|方法|方式|途径|渠道|建议|情况|例外|内容|成分|组成|形式|规则",
                            "有哪些？"),
                    Ending.of("制度|政策|办法|细则|条例|规范|准则|守则|协议|合同", "的主要内容是什么？"),
                    Ending.ofTopic(
                            "管理|考勤|休假|假期|[年病事婚产丧调休]假|报销|补贴|津贴|加班|出差|保密|安全|培训|考核|奖惩|采购|离职|入职",
                            "有哪些规定？"));

    private ChineseHeading() {}

    /// @param around the heading above, or the document's name
    static Suggested asked(String topic, String around) {
        if (ASKS.matcher(topic).find()) {
            return new Suggested(topic + "？", Suggested.ASKED);
        }
        String overview = OVERVIEW.matcher(topic).replaceFirst("");
        if (!overview.equals(topic)) {
            return shaped((overview.isEmpty() ? quoted(around) : overview) + "是什么？");
        }
        String ruled = RULES.matcher(topic).replaceFirst("");
        if (!ruled.equals(topic)) {
            return shaped((ruled.isEmpty() ? quoted(around) : ruled) + "有哪些规定？");
        }
        if (ACTION.matcher(topic).find() && !THING.matcher(topic).find() && !hasEnding(topic)) {
            return shaped("怎么" + topic + "？");
        }
        for (Ending ending : ENDINGS) {
            var matcher = ending.words().matcher(topic);
            if (matcher.find()) {
                String before = topic.substring(0, matcher.start());
                boolean own =
                        ending.alone() || around.isEmpty() || !ANYTHING.matcher(before).matches();
                return shaped((own ? topic : quoted(around) + "的" + topic) + ending.asked());
            }
        }
        return new Suggested("能介绍一下" + topic + "吗？", Suggested.NAMED);
    }

    private static boolean hasEnding(String topic) {
        return ENDINGS.stream().anyMatch(ending -> ending.words().matcher(topic).find());
    }

    private static String quoted(String around) {
        return around.isEmpty() ? "这份文档" : around;
    }

    private static Suggested shaped(String text) {
        return new Suggested(text, Suggested.SHAPED);
    }
}
