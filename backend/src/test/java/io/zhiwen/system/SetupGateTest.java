package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.AccountDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class SetupGateTest {

    private final AccountDatabase accounts = new AccountDatabase();
    private final SetupGate gate =
            new SetupGate(accounts.setup(), new Problems(JsonMapper.builder().build()));

    @Test
    void beforeThereIsAnAdminOnlySetUpHealthAndStaticFilesAreOpen() throws Exception {
        for (var open : List.of("/setup", "/assets/css/base.css", "/actuator/health/readiness")) {
            assertThat(passes(open)).as(open).isTrue();
        }
        for (var shut : List.of("/", "/chat", "/sign-in", "/docs/api", "/setups", "/files/x/1")) {
            assertThat(reply(shut).getRedirectedUrl()).as(shut).isEqualTo("/setup");
        }
        var script = reply("/app/documents");
        assertThat(script.getStatus()).isEqualTo(503);
        assertThat(script.getContentAsString()).contains("\"code\":\"setup-required\"");
    }

    @Test
    void withAnAdminTheGateIsOpen() throws Exception {
        var token = accounts.setup().issueIfNeeded().orElseThrow();
        assertThat(passes("/chat")).isFalse();

        accounts.setup().redeem(token, "lin", "long enough words");

        assertThat(passes("/chat")).isTrue();
    }

    private boolean passes(String path) throws Exception {
        var chain = new MockFilterChain();
        gate.doFilter(request(path), new MockHttpServletResponse(), chain);
        return chain.getRequest() != null;
    }

    private MockHttpServletResponse reply(String path) throws Exception {
        var response = new MockHttpServletResponse();
        gate.doFilter(request(path), response, new MockFilterChain());
        return response;
    }

    private static MockHttpServletRequest request(String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        return request;
    }
}
