package io.zhiwen.system;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the server.
@SpringBootApplication(scanBasePackages = "io.zhiwen")
public class ZhiwenApplication {

    public static void main(String[] args) {
        SpringApplication.run(ZhiwenApplication.class, args);
    }
}
