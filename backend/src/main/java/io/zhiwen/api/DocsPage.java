package io.zhiwen.api;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// The readable side of `openapi.json`; a script draws it.
@Controller
class DocsPage {

    @GetMapping("/docs/api")
    String api() {
        return "docs/api";
    }
}
