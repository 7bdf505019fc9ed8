package io.zhiwen;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.settings.Setting;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

class ReadmeSettingsTest {

    @Test
    void everySettingIsInTheReadme() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<String> settings = settings();
        assertThat(settings).isNotEmpty();
        assertThat(settings).allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void everySettingThatChangesAtRunTimeIsThereWithItsDefault() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        for (Setting setting : Setting.values()) {
            String row =
                    readme.lines()
                            .filter(line -> line.startsWith("| `" + setting.key() + "` |"))
                            .findFirst()
                            .orElse("");
            assertThat(row).as(setting.key()).contains("| " + setting.standard());
        }
    }

    private static List<String> settings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<String> names = new ArrayList<>();
        for (var found : scanner.findCandidateComponents("io.zhiwen")) {
            try {
                Class<?> type = Class.forName(found.getBeanClassName());
                String prefix = type.getAnnotation(ConfigurationProperties.class).value();
                collect(prefix, type, names);
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return names;
    }

    private static void collect(String prefix, Class<?> type, List<String> names) {
        assertThat(type.isRecord()).as("%s is a record", type).isTrue();
        List<String> bound = bound(type);
        for (RecordComponent component : type.getRecordComponents()) {
            if (!bound.contains(component.getName())) {
                continue;
            }
            String name = prefix + "." + kebab(component.getName());
            if (component.getType().isRecord()
                    && component.getType().getName().startsWith("io.zhiwen")) {
                collect(name, component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    /// Components that the constructor takes which settings are bound by.
    private static List<String> bound(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(one -> one.isAnnotationPresent(ConstructorBinding.class))
                .findFirst()
                .map(one -> Arrays.stream(one.getParameters()).map(Parameter::getName).toList())
                .orElseGet(
                        () ->
                                Arrays.stream(type.getRecordComponents())
                                        .map(RecordComponent::getName)
                                        .toList());
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
