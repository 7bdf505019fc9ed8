package io.zhiwen.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// `docker-compose.yml` as it is written, before any variable is filled in.
record ComposeFile(String text, Map<String, Object> root) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)");

    static ComposeFile read(Path file) throws IOException {
        String text = Files.readString(file);
        Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new ComposeFile(text, root);
    }

    Set<String> services() {
        return map(root.get("services")).keySet();
    }

    Map<String, Object> service(String name) {
        return map(map(root.get("services")).get(name));
    }

    /// The words of a service's command, joined; empty when the image's own is used.
    String command(String service) {
        Object command = service(service).get("command");
        return command == null ? "" : String.join(" ", strings(command));
    }

    /// Every name a value is taken from the environment by, those that are passed on unchanged too.
    Set<String> variables() {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(withoutComments()).results().forEach(found -> names.add(found.group(1)));
        for (String service : services()) {
            map(service(service).getOrDefault("environment", Map.of()))
                    .forEach(
                            (name, value) -> {
                                if (value == null) {
                                    names.add(name);
                                }
                            });
        }
        return names;
    }

    private String withoutComments() {
        return text.replaceAll("(?m)^\\s*#.*$", "");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<String> strings(Object value) {
        return (List<String>) value;
    }
}
