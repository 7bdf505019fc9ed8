package io.zhiwen.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.chunk.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "员工手册/第三章 年假 | 年假有哪些规定？",
                "员工手册/3.2 报销流程 | 报销流程是怎样的？",
                "年假/（一）申请条件 | 年假的申请条件有哪些？",
                "报销/流程 | 报销的流程是怎样的？",
                "员工手册/第二章 年假/申请流程 | 年假的申请流程是怎样的？",
                "员工手册/如何申请病假 | 如何申请病假？",
                "运维/一、安装服务器 | 怎么安装服务器？",
                "运维/备份时间 | 备份时间是什么时候？",
                "知问/产品简介 | 产品是什么？",
                "知问/简介 | 知问是什么？",
                "人事/加班的相关规定 | 加班有哪些规定？",
                "人事/申请表 | 能介绍一下申请表吗？",
                "人事/年假可以结转吗？ | 年假可以结转吗？",
                "Handbook/4.1 How to request leave | How do I request leave?",
                "Handbook/When to call IT | When should I call IT?",
                "Manual/Installing the server | How does installing the server work?",
                "Manual/Configure backups | How do I configure backups?",
                "Backups/Requirements | What are the requirements for backups?",
                "Manual/Training budget | What should I know about training budget?",
                "Manual/API keys | What are the API keys?",
                "Zhiwen/Overview | What is Zhiwen about?",
                "Novel/Mr. Bennet's Daughters | What should I know about Mr. Bennet's Daughters?",
                "Manual/What is a knowledge base? | What is a knowledge base?"
            })
    void aHeadingBecomesAQuestionThatAPersonWouldAsk(String path, String question) {
        assertThat(asked(path, Language.of(question))).contains(question);
    }

    @ParameterizedTest
    @CsvSource({"手册/目录", "手册/附录", "Book/Table of Contents", "Book/1.2.3", "Book/§"})
    void aHeadingThatNamesNothingBecomesNone(String path) {
        assertThat(asked(path, Language.EN)).isEmpty();
    }

    @Test
    void theQuestionIsInTheLanguageOfItsAsker() {
        assertThat(asked("手册/年假", Language.EN)).contains("What do the documents say about “年假”?");
        assertThat(asked("Handbook/Annual leave", Language.ZH))
                .contains("文档里关于“Annual leave”是怎么说的？");
    }

    private static Optional<String> asked(String path, Language to) {
        List<String> headings = Arrays.stream(path.split("/")).toList();
        return Headings.question("name.pdf", headings, to).map(Suggested::text);
    }
}
