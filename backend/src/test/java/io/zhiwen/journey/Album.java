package io.zhiwen.journey;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Pictures of the stations of a journey in both languages and themes, on a desk and on a
/// phone, for somebody to look at: `-Dzhiwen.screenshots=<folder>`. Without it none is taken.
final class Album implements AutoCloseable {

    private static final int DESK = 1440;
    private static final int PHONE = 390;
    private static final int HEIGHT = 900;

    private record Camera(String name, Page page) {}

    private final @Nullable Path folder;
    private final List<Camera> cameras = new ArrayList<>();

    /// @param visitor who is signed in, and so are the cameras
    Album(Browsing browsing, Page visitor) {
        String given = System.getProperty("zhiwen.screenshots");
        this.folder = given == null ? null : Path.of(given);
        if (folder == null) {
            return;
        }
        for (String locale : List.of("zh-CN", "en-US")) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : List.of(DESK, PHONE)) {
                    Page page = browsing.page(locale, width, HEIGHT, scheme);
                    page.context().addCookies(visitor.context().cookies());
                    cameras.add(
                            new Camera(
                                    "%s-%s-%d"
                                            .formatted(
                                                    locale.substring(0, 2),
                                                    scheme.name().toLowerCase(Locale.ROOT),
                                                    width),
                                    page));
                }
            }
        }
    }

    /// The page that is open, as it comes when it is opened anew.
    void take(String station, Page open) {
        for (Camera camera : cameras) {
            camera.page().navigate(open.url());
            save(station, camera);
        }
    }

    /// The page that is open, with the dialog that a button of it opens.
    void takeDialog(String station, Page open, String button) {
        for (Camera camera : cameras) {
            camera.page().navigate(open.url());
            camera.page().getByTestId(button).first().click();
            save(station, camera);
        }
    }

    /// The page that is open, as it stands: what is said once is gone when it is opened anew.
    void keep(String station, Page open) {
        save(station, new Camera("once", open));
    }

    private void save(String station, Camera camera) {
        if (folder != null) {
            Path picture = folder.resolve(station + "-" + camera.name() + ".png");
            camera.page()
                    .screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture));
        }
    }

    @Override
    public void close() {
        cameras.forEach(camera -> camera.page().context().close());
    }
}
