package io.zhiwen.pages;

import io.zhiwen.settings.Kind;
import io.zhiwen.settings.Picture;
import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import io.zhiwen.settings.SettingRefused;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The product's colours made of one, for both themes, and its logo. A page's policy lets no style
/// be written into it, so the colours are a file. An address is good for what it names: another
/// colour or logo has another.
@Controller
class LookAssets {

    private static final CacheControl FOR_LONG =
            CacheControl.maxAge(Duration.ofDays(30)).cachePublic();

    private final RuntimeSettings settings;

    LookAssets(RuntimeSettings settings) {
        this.settings = settings;
    }

    @GetMapping("/assets/look/accent.css")
    ResponseEntity<String> accent(@RequestParam(defaultValue = "") String of) {
        try {
            String colour = new Kind.Colour().read("#" + of);
            return ResponseEntity.ok()
                    .cacheControl(FOR_LONG)
                    .contentType(MediaType.valueOf("text/css"))
                    .body(style(colour));
        } catch (SettingRefused _) {
            throw new Faults.Gone();
        }
    }

    @GetMapping("/assets/look/logo")
    ResponseEntity<byte[]> logo(@RequestParam(defaultValue = "") String of) {
        var logo =
                Picture.of(settings.text(Setting.PRODUCT_LOGO))
                        .filter(picture -> picture.digest().equals(of))
                        .orElseThrow(Faults.Gone::new);
        return ResponseEntity.ok()
                .cacheControl(FOR_LONG)
                .contentType(MediaType.valueOf(logo.type()))
                .body(logo.bytes());
    }

    /// White can be read on the colour, so on the dark theme its lighter mixtures can.
    private static String style(String colour) {
        return """
        :root {
          --accent: light-dark(%1$s, color-mix(in oklab, %1$s 38%%, white));
          --accent-strong: light-dark(color-mix(in oklab, %1$s 75%%, black), color-mix(in oklab, %1$s 28%%, white));
          --accent-soft: light-dark(color-mix(in oklab, %1$s 11%%, white), color-mix(in oklab, %1$s 24%%, #16181b));
          --on-accent: light-dark(#ffffff, #10151b);
        }
        """
                .formatted(colour);
    }
}
