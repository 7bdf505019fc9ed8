package io.zhiwen.account;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Somebody as the company's directory tells of them.
///
/// @param id the same at every sign-in, unlike anybody else's
/// @param name they would like to go by
/// @param groups they are in, as they are called here
/// @param admin whether they are in the admins' group; null where that is decided here
public record DirectoryPerson(String id, String name, Set<String> groups, @Nullable Boolean admin) {

    public DirectoryPerson {
        groups = Set.copyOf(groups);
    }

    /// @param claims of the id token and the user info
    public static DirectoryPerson of(Map<String, Object> claims, OidcSettings settings) {
        var subject = Objects.requireNonNull(claims.get("sub"), "sub").toString();
        var said = groups(claims, settings.groupsClaim());
        var admins = settings.adminGroup();
        return new DirectoryPerson(
                settings.issuer() + " " + subject,
                name(claims, settings.nameClaim(), subject),
                said.stream().map(settings::named).collect(Collectors.toSet()),
                admins.isEmpty() ? null : said.contains(admins));
    }

    private static String name(Map<String, Object> claims, String wanted, String subject) {
        return Stream.of(wanted, "preferred_username", "name", "email")
                .map(claims::get)
                .filter(name -> name instanceof String text && !text.isBlank())
                .map(Object::toString)
                .findFirst()
                .orElse(subject);
    }

    private static Set<String> groups(Map<String, Object> claims, String path) {
        Set<String> groups = new LinkedHashSet<>();
        collect(claims.containsKey(path) ? claims.get(path) : inside(claims, path), groups);
        return groups;
    }

    private static @Nullable Object inside(Map<String, Object> claims, String path) {
        Object at = claims;
        for (var step : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    /// Names as Keycloak and Entra give them in lists, numbers as WeCom gives departments, and
    /// objects with a name as Feishu gives them; Keycloak's paths begin with a slash.
    private static void collect(@Nullable Object value, Set<String> groups) {
        switch (value) {
            case null -> {}
            case Collection<?> many -> many.forEach(one -> collect(one, groups));
            case Map<?, ?> object ->
                    collect(
                            Stream.of("name", "id", "open_department_id")
                                    .map(object::get)
                                    .filter(Objects::nonNull)
                                    .findFirst()
                                    .orElse(null),
                            groups);
            default -> {
                var text = value.toString().strip();
                var name = text.startsWith("/") ? text.substring(1) : text;
                if (!name.isEmpty()) {
                    groups.add(name);
                }
            }
        }
    }
}
