package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.SensitiveData;
import io.zhiwen.library.SensitiveDataPolicies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SensitiveDataPageTest extends House {

    @Autowired SensitiveDataPolicies policies;

    @Test
    void anAdminChoosesWhatABaseDoesWithPersonalNumbers() throws Exception {
        var admin = signedIn("root").withToken();
        var path = "/library/" + baseA + "/sensitive-data";
        assertThat(admin.get(path).body()).containsPattern("value=\"flag\"[^>]*checked");

        assertThat(admin.form(path, Map.of("policy", "mask")).status()).isEqualTo(302);

        assertThat(admin.get(path).body()).containsPattern("value=\"mask\"[^>]*checked");
        assertThat(policies.of(root, baseA)).isEqualTo(SensitiveData.MASK);
        policies.save(root, baseA, SensitiveData.FLAG);
    }
}
