package io.zhiwen.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Begins the head start as soon as the settings are known. Whatever else uses it is closed first.
final class EarlyStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        DataSettings settings =
                Binder.get(context.getEnvironment()).bindOrCreate("zhiwen", DataSettings.class);
        HeadStart start = HeadStart.begin(settings);
        context.getBeanFactory().registerSingleton("headStart", start);
        ((DefaultSingletonBeanRegistry) context.getBeanFactory())
                .registerDisposableBean("headStart", start::close);
        spoolUploads(context, start.folder());
    }

    /// Not the folder itself, which may be a file system of its own.
    private static void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path one : left) {
                PostgresPrograms.delete(one);
            }
        }
    }

    /// Uploads on their way in are kept in the data folder too: it has the room for them.
    private static void spoolUploads(ConfigurableApplicationContext context, DataFolder folder) {
        try {
            Files.createDirectories(folder.tmp());
            empty(folder.tmp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context.getEnvironment()
                .getPropertySources()
                .addLast(
                        new MapPropertySource(
                                "data folder",
                                Map.of(
                                        "spring.servlet.multipart.location",
                                        folder.tmp().toString())));
    }
}
