package io.zhiwen.doors;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What of a newer description of the API would break a program written for an older one: something
/// is gone, has another type, is demanded or takes less. What is added breaks nobody.
final class OpenApiChanges {

    private enum Way {
        SENT,
        RECEIVED
    }

    private final JsonNode before;
    private final JsonNode now;
    private final List<String> breaking = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private OpenApiChanges(JsonNode before, JsonNode now) {
        this.before = before;
        this.now = now;
    }

    static List<String> breaking(JsonNode before, JsonNode now) {
        var changes = new OpenApiChanges(before, now);
        for (Map.Entry<String, JsonNode> path : before.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> route : path.getValue().properties()) {
                var name = route.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                var then = now.path("paths").path(path.getKey()).path(route.getKey());
                changes.route(name, route.getValue(), then);
            }
        }
        return changes.breaking;
    }

    private void route(String name, JsonNode old, JsonNode then) {
        if (then.isMissingNode()) {
            breaking.add(name + " is gone");
            return;
        }
        parameters(name, old.path("parameters"), then.path("parameters"));
        if (then.path("requestBody").path("required").asBoolean(false)
                && !old.path("requestBody").path("required").asBoolean(false)) {
            breaking.add(name + " demands a body");
        }
        content(name, old.path("requestBody"), then.path("requestBody"), Way.SENT);
        for (Map.Entry<String, JsonNode> reply : old.path("responses").properties()) {
            var other = then.path("responses").path(reply.getKey());
            if (other.isMissingNode()) {
                breaking.add(name + " does not answer " + reply.getKey() + " any more");
            } else {
                content(name + " " + reply.getKey(), reply.getValue(), other, Way.RECEIVED);
            }
        }
    }

    private void parameters(String name, JsonNode old, JsonNode then) {
        for (JsonNode parameter : old) {
            var same = parameter(then, parameter);
            var where = name + " " + parameter.path("name").asString();
            if (same == null) {
                breaking.add(where + " is gone");
            } else {
                schema(where, parameter.path("schema"), same.path("schema"), Way.SENT);
            }
        }
        for (JsonNode parameter : then) {
            var same = parameter(old, parameter);
            boolean demanded = same != null && same.path("required").asBoolean(false);
            if (parameter.path("required").asBoolean(false) && !demanded) {
                breaking.add(name + " demands " + parameter.path("name").asString());
            }
        }
    }

    private static @Nullable JsonNode parameter(JsonNode all, JsonNode wanted) {
        return all.valueStream()
                .filter(
                        one ->
                                one.path("name").equals(wanted.path("name"))
                                        && one.path("in").equals(wanted.path("in")))
                .findFirst()
                .orElse(null);
    }

    private void content(String where, JsonNode old, JsonNode then, Way way) {
        for (Map.Entry<String, JsonNode> type : old.path("content").properties()) {
            var other = then.path("content").path(type.getKey());
            if (other.isMissingNode()) {
                breaking.add(where + " has no " + type.getKey() + " any more");
            } else {
                schema(where, type.getValue().path("schema"), other.path("schema"), way);
            }
        }
    }

    private void schema(String where, JsonNode oldRef, JsonNode thenRef, Way way) {
        if (oldRef.has("$ref") && !seen.add(way + oldRef.path("$ref").asString() + thenRef)) {
            return;
        }
        var old = resolved(before, oldRef);
        var then = resolved(now, thenRef);
        if (!old.path("type").equals(then.path("type"))) {
            breaking.add(where + " is " + then.path("type") + " and no longer " + old.path("type"));
            return;
        }
        for (Map.Entry<String, JsonNode> property : old.path("properties").properties()) {
            var other = then.path("properties").path(property.getKey());
            var place = where + " ." + property.getKey();
            if (other.isMissingNode()) {
                breaking.add(place + " is gone");
            } else {
                schema(place, property.getValue(), other, way);
            }
        }
        if (old.has("items")) {
            schema(where + "[]", old.path("items"), then.path("items"), way);
        }
        if (way == Way.SENT) {
            missing(then.path("required"), old.path("required"))
                    .forEach(field -> breaking.add(where + " demands " + field));
            missing(old.path("enum"), then.path("enum"))
                    .forEach(value -> breaking.add(where + " does not take " + value));
            limits(where, old, then);
        } else {
            missing(old.path("required"), then.path("required"))
                    .forEach(field -> breaking.add(where + " may lack " + field));
        }
    }

    private void limits(String where, JsonNode old, JsonNode then) {
        for (String most : List.of("maxLength", "maximum", "maxItems")) {
            boolean tighter =
                    then.has(most)
                            && (!old.has(most)
                                    || then.get(most).asDouble() < old.get(most).asDouble());
            if (tighter) {
                breaking.add(where + " takes no more than " + then.get(most));
            }
        }
        for (String least : List.of("minLength", "minimum", "minItems")) {
            if (then.has(least) && then.get(least).asDouble() > old.path(least).asDouble(0)) {
                breaking.add(where + " takes no less than " + then.get(least));
            }
        }
    }

    private static List<String> missing(JsonNode wanted, JsonNode there) {
        var has = there.valueStream().map(JsonNode::asString).toList();
        return wanted.valueStream()
                .map(JsonNode::asString)
                .filter(one -> !has.contains(one))
                .toList();
    }

    private static JsonNode resolved(JsonNode api, JsonNode schema) {
        var ref = schema.path("$ref").asString("");
        return ref.isEmpty() ? schema : resolved(api, api.at(ref.substring(1)));
    }
}
