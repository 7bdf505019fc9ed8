package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zhiwen.ask.stream.ModelServerRefused.Reason;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8000/v1",
                "https://10.1.2.3",
                "http://[::1]:8000",
                "HTTP://gpu.example.org/api/v3"
            })
    void aServerMayBeInsideTheNetwork(String url) {
        assertThat(ModelAddress.isUsable(url)).isTrue();
        assertThat(ModelAddress.isAllowed(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://169.254.170.2/v2/credentials",
                "http://[::ffff:169.254.169.254]/",
                "http://2852039166/",
                "http://100.100.100.200/latest",
                "http://168.63.129.16/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/"
            })
    void noServerIsWhereCloudsKeepCredentials(String url) {
        var refused =
                catchThrowableOfType(
                        ModelServerRefused.class, () -> draft(url, 4, 8192, 1500).toString());
        assertThat(refused.reason()).isIn(Reason.URL_FORBIDDEN, Reason.URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "gopher://127.0.0.1:6379/_x",
                "http://user@127.0.0.1/",
                "http://127.0.0.1/?x=y",
                "http://127.0.0.1/#x",
                "http:///v1",
                "127.0.0.1:8000",
                ""
            })
    void nothingButAPlainHttpAddressIsTaken(String url) {
        var refused =
                catchThrowableOfType(
                        ModelServerRefused.class, () -> draft(url, 4, 8192, 1500).toString());
        assertThat(refused.reason()).isEqualTo(Reason.URL);
    }

    private static ModelServerDraft draft(String url, int slots, int context, int most) {
        return new ModelServerDraft("one", url, "m", "", slots, context, most, Sampling.NONE);
    }
}
