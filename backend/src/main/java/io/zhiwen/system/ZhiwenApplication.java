package io.zhiwen.system;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// Starts the server.
@SpringBootApplication(scanBasePackages = "io.zhiwen")
@ConfigurationPropertiesScan("io.zhiwen")
public class ZhiwenApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ZhiwenApplication.class);
        application.addInitializers(new EarlyStart());
        application.run(args);
    }
}
