package io.zhiwen.system;

import static io.zhiwen.system.Failures.absent;
import static io.zhiwen.system.Failures.invalid;

import io.zhiwen.account.AccountRefused;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.ask.stream.ModelServerRefused;
import io.zhiwen.conversation.AnswerAlreadyRunning;
import io.zhiwen.curate.ApprovedRefused;
import io.zhiwen.evaluate.golden.GoldenRefused;
import io.zhiwen.evaluate.profile.ProfileRefused;
import io.zhiwen.library.DocumentExists;
import io.zhiwen.library.FieldRefused;
import io.zhiwen.library.FolderRefused;
import io.zhiwen.library.LifeRefused;
import io.zhiwen.library.PassageRefused;
import io.zhiwen.search.UnusableFilter;
import io.zhiwen.settings.SettingRefused;
import io.zhiwen.source.SourceRefused;
import io.zhiwen.webhook.WebhookRefused;
import io.zhiwen.widget.WidgetRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What features do not take, and how that is told.
final class FeatureRefusals {

    private FeatureRefusals() {}

    /// Null for what is none.
    static @Nullable Failure of(Exception cause) {
        return switch (cause) {
            case AccountRefused refused -> account(refused);
            case SettingRefused refused -> setting(refused);
            case FolderRefused refused -> folder(refused);
            case SourceRefused refused -> source(refused);
            case ModelServerRefused refused -> modelServer(refused);
            case GoldenRefused refused -> golden(refused);
            case ApprovedRefused refused -> approved(refused);
            case ProfileRefused refused -> profile(refused);
            case FieldRefused refused -> field(refused);
            case LifeRefused refused when refused.code().equals("tags") ->
                    invalid(
                            refused.field(),
                            "A document has at most 20 tags, each of 1 to 40 characters.");
            case LifeRefused refused ->
                    invalid(refused.field(), "This is no usable " + refused.field() + ".");
            case PassageRefused refused -> unusable(refused.reason().code(), refused, "text");
            case WebhookRefused refused ->
                    unusable(refused.reason().code(), refused, refused.reason().field());
            case WidgetRefused refused ->
                    unusable(refused.reason().code(), refused, refused.reason().field());
            case UnusableQuestion refused -> unusable("invalid-question", refused, "question");
            case UnusableFilter refused ->
                    invalid(refused.member(), String.valueOf(refused.getMessage()));
            case DocumentExists exists ->
                    conflict(
                            "document-exists",
                            "A document of this name is there, with other content: "
                                    + exists.document());
            case AnswerAlreadyRunning _ ->
                    conflict("answer-running", "An answer of this chat is being written.");
            default -> null;
        };
    }

    private static Failure unusable(String code, Exception refused, String field) {
        return Failure.of(HttpStatus.BAD_REQUEST, code, sentence(refused.getMessage()), field);
    }

    private static Failure conflict(String code, String detail) {
        return Failure.of(HttpStatus.CONFLICT, code, detail);
    }

    private static Failure conflict(String code, String detail, String field) {
        return Failure.of(HttpStatus.CONFLICT, code, detail, field);
    }

    private static Failure account(AccountRefused refused) {
        var reason = refused.reason();
        var status =
                switch (reason) {
                    case NO_SUCH_USER, NO_SUCH_KEY, NO_SUCH_GROUP, NO_SUCH_GRANT ->
                            HttpStatus.NOT_FOUND;
                    case NAME_TAKEN, LAST_ADMIN, GROUPS_TOO_DEEP -> HttpStatus.CONFLICT;
                    case TOO_MANY_TRIES -> HttpStatus.TOO_MANY_REQUESTS;
                    default -> HttpStatus.BAD_REQUEST;
                };
        return Failure.of(
                status, reason.code(), sentence(reason.code().replace('-', ' ')), reason.field());
    }

    private static Failure setting(SettingRefused refused) {
        return refused.code().equals("environment")
                ? conflict("set-by-environment", "The environment sets this; change it there.")
                : invalid(
                        "value", "This setting does not take that: " + refused.getMessage() + ".");
    }

    private static Failure folder(FolderRefused refused) {
        return switch (refused.reason()) {
            case NAMELESS -> invalid("name", "A folder's name has 1 to 120 characters.");
            case NAME_TAKEN -> conflict("name-taken", "There is a folder of this name.", "name");
            case INTO_ITSELF ->
                    conflict("into-itself", "A folder cannot lie in itself.", "parent_id");
            case TOO_DEEP -> conflict("too-deep", "Folders lie no deeper than this.", "parent_id");
        };
    }

    private static Failure field(FieldRefused refused) {
        var status =
                switch (refused.reason()) {
                    case NAME_TAKEN, OTHER_KIND, CHOICE_IN_USE, TOO_MANY -> HttpStatus.CONFLICT;
                    default -> HttpStatus.BAD_REQUEST;
                };
        return Failure.of(
                status, refused.reason().code(), sentence(refused.getMessage()), refused.part());
    }

    private static Failure source(SourceRefused refused) {
        String field = refused.field();
        return switch (refused.reason()) {
            case NAME_TAKEN -> conflict("name-taken", "The base has a source of this name.", field);
            case RUNNING -> conflict("running", "The source is being read already.");
            case PAUSED -> conflict("paused", "The source is paused.");
            case NAMELESS -> invalid(field, "A source's name has 1 to 80 characters.");
            case NO_SUCH_KIND -> invalid(field, "There is no such kind of source.");
            case FIELD_MISSING -> invalid(field, "This field is needed.");
            case FIELD_LONG -> invalid(field, "This is too long.");
            case SECRET_AGAIN ->
                    Failure.of(
                            HttpStatus.BAD_REQUEST,
                            "secret-again",
                            "The place is another one; its secret is needed again.",
                            field);
            case ODD_SCHEDULE -> invalid(field, "Minutes, from 1 to a year.");
        };
    }

    private static Failure modelServer(ModelServerRefused refused) {
        return switch (refused.reason()) {
            case NO_SUCH_SERVER -> absent();
            case NAME_TAKEN ->
                    conflict("name-taken", "Another model server has this name.", "name");
            default ->
                    Failure.of(
                            HttpStatus.BAD_REQUEST,
                            "invalid-model-server",
                            "This is no usable " + refused.reason().field() + ".",
                            refused.reason().field());
        };
    }

    private static Failure golden(GoldenRefused refused) {
        var status =
                switch (refused.reason()) {
                    case TWICE, NO_QUESTIONS -> HttpStatus.CONFLICT;
                    default -> HttpStatus.BAD_REQUEST;
                };
        return Failure.of(status, refused.reason().code(), sentence(refused.getMessage()));
    }

    private static Failure approved(ApprovedRefused refused) {
        boolean twice = refused.reason() == ApprovedRefused.Reason.TWICE;
        var status = twice ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST;
        return Failure.of(status, refused.reason().code(), sentence(refused.getMessage()));
    }

    private static Failure profile(ProfileRefused refused) {
        var status =
                switch (refused.reason()) {
                    case NAME_TAKEN, IN_USE, GATE -> HttpStatus.CONFLICT;
                    default -> HttpStatus.BAD_REQUEST;
                };
        var code = refused.reason().code();
        var detail = sentence(refused.getMessage());
        return refused.field().isEmpty()
                ? Failure.of(status, code, detail)
                : Failure.of(status, code, detail, refused.field());
    }

    private static String sentence(@Nullable String message) {
        if (message == null || message.isEmpty()) {
            return "It cannot be used.";
        }
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }
}
