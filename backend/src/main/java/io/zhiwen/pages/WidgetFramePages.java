package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// What a widget shows in its frame on another site.
@Controller
class WidgetFramePages {

    @GetMapping("/widget/{key}")
    String frame(Principal.Key widget, @PathVariable String key, Model model) {
        model.addAttribute("name", widget.name());
        model.addAttribute("key", key);
        return "widget/frame";
    }
}
