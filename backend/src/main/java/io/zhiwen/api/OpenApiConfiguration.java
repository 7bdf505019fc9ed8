package io.zhiwen.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.zhiwen.account.Principal;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What `/api/v1/openapi.json` says beside the routes themselves.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Principal.class, Principal.Key.class);
    }

    @Bean
    OpenAPI zhiwenApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Zhiwen")
                                .version("v1")
                                .description(
                                        "Answers from your own documents, with citations. Fields may"
                                                + " be added; the ones here stay. A key that may act for"
                                                + " users names one, by name or id, in the header"
                                                + " On-Behalf-Of (as UTF-8''%E6%9E%97 where it is not"
                                                + " ASCII) and can then do only what both may.")
                                .license(
                                        new License()
                                                .name("Apache-2.0")
                                                .url(
                                                        "https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "key",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .description("An API key, zw_...")))
                .addSecurityItem(new SecurityRequirement().addList("key"));
    }

    @Bean
    OpenApiCustomizer named() {
        return api ->
                api.getPaths()
                        .forEach(
                                (path, routes) ->
                                        routes.readOperationsMap()
                                                .forEach(
                                                        (method, operation) ->
                                                                operation.setOperationId(
                                                                        OperationIds.of(
                                                                                method.name(),
                                                                                path))));
    }

    @Bean
    OpenApiCustomizer doneOnce() {
        return api ->
                api.getPaths()
                        .forEach(
                                (path, routes) ->
                                        routes.readOperationsMap()
                                                .forEach(
                                                        (method, operation) -> {
                                                            if (Idempotency.covers(
                                                                            method.name(), path)
                                                                    || path.equals("/api/v1/ask")) {
                                                                operation.addParametersItem(
                                                                        idempotencyKey());
                                                            }
                                                        }));
    }

    private static Parameter idempotencyKey() {
        return new Parameter()
                .in("header")
                .name(Idempotency.HEADER)
                .description(
                        "Any text of your own, e.g. a UUID. For a day the request is done once"
                                + " under it, however often it is sent; a repetition gets the"
                                + " first one's reply.")
                .schema(new StringSchema().maxLength(200));
    }

    @Bean
    OpenApiCustomizer problemsEverywhere() {
        return api -> {
            api.getComponents().addSchemas("Problem", problem());
            api.getComponents().addSchemas("FieldProblem", fieldProblem());
            api.getPaths()
                    .values()
                    .forEach(path -> path.readOperations().forEach(this::addProblem));
        };
    }

    private void addProblem(Operation operation) {
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("It could not be done")
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(
                                                                        new Schema<>()
                                                                                .$ref(
                                                                                        "Problem")))));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty("code", new StringSchema().description("Stays the same; for programs"))
                .addProperty("traceId", new StringSchema().description("As in the server's log"))
                .addProperty(
                        "errors", new ArraySchema().items(new Schema<>().$ref("FieldProblem")));
    }

    private static Schema<?> fieldProblem() {
        return new ObjectSchema()
                .description("What is wrong with one field")
                .addProperty("field", new StringSchema())
                .addProperty("message", new StringSchema());
    }
}
