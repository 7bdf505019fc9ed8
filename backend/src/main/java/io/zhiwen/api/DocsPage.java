package io.zhiwen.api;

import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The readable side of `openapi.json`; a script draws it.
@Controller
class DocsPage {

    @GetMapping("/docs/api")
    String api(Model model, Locale locale) {
        model.addAttribute("chinese", locale.getLanguage().equals("zh"));
        return "docs/api";
    }
}
