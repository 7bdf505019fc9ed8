package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.zhiwen.account.Access;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.RequestLimits;
import io.zhiwen.account.Right;
import io.zhiwen.account.TooManyRequests;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.ask.retrieve.SearchUnavailable;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.search.Filter;
import io.zhiwen.search.Filters;
import io.zhiwen.search.Hit;
import io.zhiwen.search.Search;
import io.zhiwen.search.UnusableFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What an agent can do, with the rights of its key. A failure is a result that says so.
@Component
class McpTools {

    /// @param site where links of results begin
    /// @param language of notes
    record Caller(Principal.Key key, String site, Locale language) {

        private String link(DocumentId document) {
            return site + "/library/documents/" + document;
        }
    }

    record Results(List<Result> results, boolean partial) {}

    record Result(
            String id,
            String title,
            String url,
            String text,
            double relevance,
            Map<String, Object> metadata) {

        private static Result of(Hit hit, Caller caller) {
            return new Result(
                    hit.document().id().toString(),
                    hit.document().name(),
                    caller.link(hit.document().id()),
                    hit.passage().source().chunk().text(),
                    hit.passage().relevance(),
                    Metadata.of(hit));
        }
    }

    record Read(
            String id,
            String title,
            String url,
            String text,
            @JsonProperty("next_offset") @Nullable Integer nextOffset,
            @JsonProperty("total_characters") int total) {}

    private static final Logger log = LoggerFactory.getLogger(McpTools.class);
    private static final int DEFAULT_LIMIT = 10;
    private static final int READ_AT_ONCE = 40_000;

    private final Search search;
    private final Filters filters;
    private final Access access;
    private final Answers answers;
    private final Citing citing;
    private final Questions questions;
    private final RequestLimits limits;
    private final Sentences sentences;
    private final JsonMapper json;

    McpTools(
            Search search,
            Filters filters,
            Access access,
            Answers answers,
            Citing citing,
            Questions questions,
            RequestLimits limits,
            Sentences sentences,
            JsonMapper json) {
        this.search = search;
        this.filters = filters;
        this.access = access;
        this.citing = citing;
        this.answers = answers;
        this.questions = questions;
        this.limits = limits;
        this.sentences = sentences;
        this.json = json;
    }

    CallToolResult search(Caller caller, Map<String, Object> arguments) {
        return told(
                () -> {
                    var found =
                            search.best(
                                    caller.key(),
                                    bases(arguments),
                                    text(arguments, "query"),
                                    number(arguments, "limit", DEFAULT_LIMIT),
                                    filter(arguments));
                    var results = found.hits().stream().map(hit -> Result.of(hit, caller)).toList();
                    return structured(new Results(results, found.partial()));
                });
    }

    CallToolResult fetch(Caller caller, Map<String, Object> arguments) {
        return told(
                () -> {
                    var id = document(text(arguments, "id"));
                    var read =
                            search.read(caller.key(), id)
                                    .orElseThrow(() -> new NotThere("document"));
                    var whole = read.text();
                    int from = Math.min(number(arguments, "offset", 0), whole.length());
                    int to = Math.min(whole.length(), from + READ_AT_ONCE);
                    return structured(
                            new Read(
                                    id.toString(),
                                    read.document().name(),
                                    caller.link(id),
                                    whole.substring(from, to),
                                    to < whole.length() ? to : null,
                                    whole.length()));
                });
    }

    CallToolResult ask(Caller caller, Map<String, Object> arguments) {
        return told(
                () -> {
                    var key = caller.key();
                    limits.require(RequestLimits.Kind.QUESTION, key);
                    var ask =
                            new Answering.Ask(
                                    questions.checked(text(arguments, "question")),
                                    List.of(),
                                    filters.narrowed(
                                            access.chosenBy(key, Right.ASK, bases(arguments)),
                                            filter(arguments)),
                                    key.id().toString());
                    var answer = answers.whole(key, ask);
                    return structured(
                            AnswerJson.of(
                                    answer,
                                    citing.told(key, answer.citations()),
                                    sentences,
                                    caller.language()));
                });
    }

    private CallToolResult told(Supplier<CallToolResult> work) {
        try {
            return work.get();
        } catch (NoSuchKnowledgeBase | NotThere _) {
            return failed("There is no such thing here.");
        } catch (NotAllowed _) {
            return failed("This key may not do this.");
        } catch (TooManyRequests often) {
            var seconds = Math.max(1, often.allowance().next().toSeconds());
            return failed("This key asks too often; try again in " + seconds + " seconds.");
        } catch (UnusableQuestion unusable) {
            return failed("It cannot be asked: " + unusable.getMessage() + ".");
        } catch (SearchUnavailable _) {
            return failed("The search cannot be reached now; try again soon.");
        } catch (UnusableFilter unusable) {
            return failed(unusable.member() + ": " + unusable.getMessage());
        } catch (Refused refused) {
            return failed(said(refused));
        } catch (RuntimeException e) {
            log.error("a tool failed", e);
            return failed("Something went wrong here. The log has more.");
        }
    }

    private static String said(Refused refused) {
        var problem = refused.getBody();
        var known = problem.getProperties();
        var field = known == null ? null : known.get("field");
        return field == null
                ? String.valueOf(problem.getDetail())
                : field + ": " + problem.getDetail();
    }

    private static CallToolResult failed(String why) {
        return CallToolResult.builder().addTextContent(why).isError(true).build();
    }

    /// As structure, and as text for clients that read no other.
    private CallToolResult structured(Object result) {
        return CallToolResult.builder()
                .addTextContent(json.writeValueAsString(result))
                .structuredContent(json.convertValue(result, Map.class))
                .build();
    }

    private static List<KnowledgeBaseId> bases(Map<String, Object> arguments) {
        return arguments.get("knowledge_base_ids") instanceof List<?> ids
                ? Ids.bases(ids.stream().map(String::valueOf).toList())
                : List.of();
    }

    private Filter filter(Map<String, Object> arguments) {
        var given = arguments.get("filter");
        return FilterJson.of(given == null ? null : json.convertValue(given, FilterJson.class));
    }

    private static DocumentId document(String id) {
        try {
            return new DocumentId(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw new NotThere("document");
        }
    }

    private static String text(Map<String, Object> arguments, String name) {
        return String.valueOf(arguments.get(name));
    }

    private static int number(Map<String, Object> arguments, String name, int otherwise) {
        return arguments.get(name) instanceof Number number ? number.intValue() : otherwise;
    }
}
