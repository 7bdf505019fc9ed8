package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.RequestLimits.Kind;
import org.junit.jupiter.api.Test;

class RequestLimitFilterTest {

    private static final String CHATS = "/app/conversations";

    @Test
    void aFileForAChatCountsAsAnUpload() {
        assertThat(RequestLimitFilter.kind("POST", CHATS + "/attachments")).isEqualTo(Kind.UPLOAD);
        assertThat(RequestLimitFilter.kind("POST", CHATS + "/7f/attachments"))
                .isEqualTo(Kind.UPLOAD);
        assertThat(RequestLimitFilter.kind("GET", CHATS + "/7f/attachments")).isNull();
        assertThat(RequestLimitFilter.kind("DELETE", CHATS + "/7f/attachments/1")).isNull();
    }

    @Test
    void aQuestionCountsAsAQuestion() {
        assertThat(RequestLimitFilter.kind("POST", CHATS)).isEqualTo(Kind.QUESTION);
        assertThat(RequestLimitFilter.kind("POST", CHATS + "/7f/again")).isEqualTo(Kind.QUESTION);
        assertThat(RequestLimitFilter.kind("POST", "/api/v1/ask")).isEqualTo(Kind.QUESTION);
    }
}
