package io.zhiwen.pages;

import io.zhiwen.account.AuditChain;
import io.zhiwen.account.AuditRow;
import io.zhiwen.account.AuditTrail;
import io.zhiwen.account.Principal;
import io.zhiwen.library.AuditedObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was done, by whom: filtered, exported, and its chain counted again. For admins.
@Controller
class AuditPages {

    private static final String PATH = "/admin/audit";
    private static final int ROWS = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditTrail trail;
    private final AuditChain chain;
    private final AuditedObjects objects;
    private final Words words;

    AuditPages(AuditTrail trail, AuditChain chain, AuditedObjects objects, Words words) {
        this.trail = trail;
        this.chain = chain;
        this.objects = objects;
        this.words = words;
    }

    /// @param since and `until` whole days in UTC, both inclusive
    /// @param before rows older than this one; `after` those newer
    record Asked(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String object,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate since,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable String format) {

        /// Whether anything is left out.
        public boolean narrows() {
            return !or(actor).isEmpty()
                    || !or(action).isEmpty()
                    || !or(object).isEmpty()
                    || since != null
                    || until != null;
        }

        AuditTrail.Filter filter() {
            return new AuditTrail.Filter(
                    or(actor), or(action), or(object), start(since), start(next(until)));
        }

        String address(String path, Map<String, ?> more) {
            var uri = UriComponentsBuilder.fromPath(path);
            Map<String, String> texts =
                    Map.of("actor", or(actor), "action", or(action), "object", or(object));
            texts.forEach((key, text) -> uri.queryParam(key, "{" + key + "}"));
            if (since != null) {
                uri.queryParam("since", since);
            }
            if (until != null) {
                uri.queryParam("until", until);
            }
            more.forEach(uri::queryParam);
            return uri.encode().buildAndExpand(texts).toUriString();
        }

        private static String or(@Nullable String given) {
            return given == null ? "" : given.strip();
        }

        private static @Nullable LocalDate next(@Nullable LocalDate day) {
            return day == null ? null : day.plusDays(1);
        }

        private static @Nullable Instant start(@Nullable LocalDate day) {
            return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /// @param name what the object is called today; null for one that is gone or has no name
    /// @param address of its page; null for one that has none
    record Row(
            String at,
            String atText,
            String actor,
            String action,
            String object,
            @Nullable String name,
            @Nullable String address,
            List<Detail> details,
            boolean sealed) {

        static Row of(AuditRow row, @Nullable String name, Formats formats) {
            return new Row(
                    row.at().toString(),
                    formats.moment(row.at()),
                    row.actor(),
                    row.action(),
                    row.object(),
                    name,
                    name == null ? null : address(row.object()),
                    details(row.detail()),
                    row.link() != null);
        }

        private static @Nullable String address(String object) {
            int colon = object.indexOf(':');
            String id = object.substring(colon + 1);
            return switch (object.substring(0, colon)) {
                case "document" -> "/library/documents/" + id;
                case "base" -> "/library/" + id;
                case "user" -> "/admin/users/" + id;
                case "group" -> "/admin/groups/" + id;
                default -> null;
            };
        }

        private static List<Detail> details(String json) {
            return JSON.readTree(json).properties().stream()
                    .map(each -> new Detail(each.getKey(), said(each.getValue())))
                    .filter(each -> !each.value().isEmpty())
                    .toList();
        }

        private static String said(JsonNode value) {
            if (value.isArray()) {
                return value.valueStream().map(Row::said).collect(Collectors.joining(", "));
            }
            return value.isString() ? value.stringValue() : value.toString();
        }
    }

    record Detail(String key, String value) {

        /// More than is read at a glance.
        public boolean isLong() {
            return value.length() > 160;
        }
    }

    @GetMapping(PATH)
    String page(Principal.User me, Asked asked, Model model, Locale locale) {
        var after = asked.after();
        var found =
                after == null
                        ? trail.page(me, asked.filter(), asked.before(), ROWS + 1)
                        : trail.newer(me, asked.filter(), after, ROWS + 1);
        boolean more = found.size() > ROWS;
        var rows = after == null ? first(found) : first(found.reversed()).reversed();
        boolean newer = after == null ? asked.before() != null : more;
        boolean older = after != null || more;
        var formats = new Formats(locale);
        var names = objects.names(me, rows.stream().map(AuditRow::object).toList());
        model.addAttribute("asked", asked);
        model.addAttribute("actions", trail.actions(me));
        model.addAttribute(
                "rows",
                rows.stream().map(row -> Row.of(row, names.get(row.object()), formats)).toList());
        if (!rows.isEmpty()) {
            model.addAttribute(
                    "newer",
                    newer ? asked.address(PATH, Map.of("after", rows.getFirst().id())) : null);
            model.addAttribute(
                    "older",
                    older ? asked.address(PATH, Map.of("before", rows.getLast().id())) : null);
        }
        model.addAttribute("newest", newer ? asked.address(PATH, Map.of()) : null);
        for (var format : List.of("csv", "jsonl")) {
            model.addAttribute(
                    format, asked.address("/admin/audit/export", Map.of("format", format)));
        }
        return "admin/audit";
    }

    private static List<AuditRow> first(List<AuditRow> found) {
        return found.subList(0, Math.min(ROWS, found.size()));
    }

    @PostMapping("/admin/audit/check")
    String check(Principal.User me, RedirectAttributes next, Locale locale) {
        var check = chain.check(me);
        var links = new Formats(locale).number(check.links());
        if (check.broken() == null) {
            next.addFlashAttribute("done", words.say("audit.sound", links, check.hash()));
        } else {
            next.addFlashAttribute("wrong", words.say("audit.broken", links, check.broken()));
        }
        return "redirect:/admin/audit";
    }

    @GetMapping("/admin/audit/export")
    ResponseEntity<StreamingResponseBody> export(Principal.User me, Asked asked) {
        boolean csv = !"jsonl".equals(asked.format());
        trail.page(me, asked.filter(), 0L, 1);
        StreamingResponseBody body =
                out -> {
                    var writer = new java.io.OutputStreamWriter(out, StandardCharsets.UTF_8);
                    if (csv) {
                        writer.write("\uFEFFid,at,actor,action,object,detail,link\r\n");
                    }
                    trail.export(me, asked.filter(), row -> write(writer, row, csv));
                    writer.flush();
                };
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"audit." + (csv ? "csv" : "jsonl") + "\"")
                .header(
                        HttpHeaders.CONTENT_TYPE,
                        csv ? "text/csv;charset=UTF-8" : "application/jsonl")
                .body(body);
    }

    private static void write(Writer out, AuditRow row, boolean csv) {
        try {
            var link = row.link();
            if (csv) {
                out.write(
                        String.join(
                                        ",",
                                        Long.toString(row.id()),
                                        row.at().toString(),
                                        cell(row.actor()),
                                        cell(row.action()),
                                        cell(row.object()),
                                        cell(row.detail()),
                                        link == null ? "" : link.toString())
                                + "\r\n");
            } else {
                out.write(JSON.writeValueAsString(row) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Quoted; what a spreadsheet would take for a formula is no longer one.
    private static String cell(String text) {
        var safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
