package io.zhiwen.ask.question;

import java.util.regex.Pattern;

/// Questions about the assistant itself, which no document answers.
public final class Introduction {

    private static final Pattern ASKED =
            Pattern.compile(
                    "(?i)^(?:hi|hello|hey)?[\\s,，.]*(?:who are you|what(?:'s|’s| is) your name|what are you|introduce yourself"
                            + "|(?:what|which) (?:ai |language )?model are you|are you (?:chatgpt|gpt-?\\d?|deepseek|qwen|claude|gemini|a (?:bot|robot|human)))"
                            + "[\\s?.!]*$"
                            + "|^(?:你好|您好)?[\\s，,。！!]*(?:请问|請問)?[你您](?:是谁|是誰|叫什么(?:名字)?|叫什麼(?:名字)?|是什么(?:模型|助手|机器人|东西)?|是什麼(?:模型|助手|機器人)?"
                            + "|是哪个?(?:大?模型|公司的)|是(?:chatgpt|gpt|deepseek|通义千问|文心一言|千问|机器人|真人|人)吗)[啊呀呢]?[\\s？?。！!]*$"
                            + "|^(?:请|請)?(?:做个|做個|先)?(?:自我介绍|自我介紹|介绍一下(?:你|您)?自己|介紹一下(?:你|您)?自己)(?:一下|吧)?[\\s？?。！!]*$");

    private Introduction() {}

    public static boolean isAsked(String text) {
        return ASKED.matcher(text.strip()).find();
    }
}
