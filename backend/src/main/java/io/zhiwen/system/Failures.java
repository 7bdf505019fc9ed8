package io.zhiwen.system;

import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.TooManyRequests;
import io.zhiwen.ask.retrieve.SearchUnavailable;
import io.zhiwen.conversation.NoSuchConversation;
import io.zhiwen.ingest.upload.BlobStoreUnavailable;
import io.zhiwen.ingest.upload.DamagedBlob;
import io.zhiwen.ingest.upload.NoRoom;
import io.zhiwen.ingest.upload.UploadTooLarge;
import io.zhiwen.library.NoSuchDocument;
import io.zhiwen.library.NoSuchField;
import io.zhiwen.library.NoSuchFolder;
import io.zhiwen.node.NodeIsEnding;
import io.zhiwen.settings.NoSuchSetting;
import io.zhiwen.source.NoSuchSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/// Which failure is told how. Whatever is absent and whatever is forbidden to see are told alike.
final class Failures {

    private Failures() {}

    /// Null for one nobody foresaw.
    static @Nullable Failure of(Exception cause) {
        return switch (cause) {
            case NoSuchKnowledgeBase _ -> absent();
            case TooManyRequests often -> RequestLimitFilter.failure(often.allowance());
            case NoSuchDocument _ -> absent();
            case NoSuchFolder _ -> absent();
            case NoSuchField _ -> absent();
            case NoSuchSetting _ -> absent();
            case NoSuchConversation _ -> absent();
            case NoSuchSource _ -> absent();
            case NotAllowed _ -> forbidden();
            case UploadTooLarge large -> tooLarge("more than " + large.limit() + " bytes");
            case MaxUploadSizeExceededException _ -> tooLarge("more than may be uploaded");
            case NoRoom _ -> noRoom();
            case BlobStoreUnavailable _ -> unavailable("The store of originals");
            case SearchUnavailable _ -> unavailable("The search");
            case DamagedBlob _ ->
                    Failure.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "original-damaged",
                            "The stored original is damaged or missing; upload the file again to"
                                    + " mend it.");
            case MissingServletRequestPartException part ->
                    invalid(part.getRequestPartName(), "This part is missing.");
            case MissingServletRequestParameterException parameter ->
                    invalid(parameter.getParameterName(), "This parameter is missing.");
            case MultipartException full when full.getCause() instanceof NoRoom -> noRoom();
            case MultipartException _ ->
                    Failure.of(
                            HttpStatus.BAD_REQUEST,
                            "malformed-multipart",
                            "The body is no multipart form that can be read.");
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MethodArgumentNotValidException invalid -> Invalid.body(invalid);
            case HandlerMethodValidationException invalid -> Invalid.parameters(invalid);
            case HttpMessageNotReadableException unreadable -> Invalid.json(unreadable);
            case NodeIsEnding _ -> unavailable("This server is restarting and");
            case TransientDataAccessException _ -> unavailable("The database");
            case RecoverableDataAccessException _ -> unavailable("The database");
            case DataAccessResourceFailureException _ -> unavailable("The database");
            case CannotCreateTransactionException _ -> unavailable("The database");
            case TransactionSystemException _ -> unavailable("The database"); // gone in mid-work
            case ErrorResponseException refused -> refused(refused);
            case ErrorResponse told -> byStatus(told.getStatusCode()).with(told.getHeaders());
            default -> {
                var refused = FeatureRefusals.of(cause);
                yield refused == null ? annotated(cause) : refused;
            }
        };
    }

    static Failure byStatus(HttpStatusCode code) {
        var status = HttpStatus.resolve(code.value());
        if (status == null) {
            return Failure.of(code, "error", "It could not be done.");
        }
        return switch (status) {
            case NOT_FOUND -> absent();
            case FORBIDDEN -> forbidden();
            case CONTENT_TOO_LARGE -> tooLarge("more than is taken");
            case METHOD_NOT_ALLOWED ->
                    Failure.of(status, "method-not-allowed", "This path does not take the method.");
            case UNSUPPORTED_MEDIA_TYPE ->
                    Failure.of(
                            status,
                            "unsupported-media-type",
                            "This path does not take a body of this Content-Type.");
            case NOT_ACCEPTABLE ->
                    Failure.of(status, "not-acceptable", "No reply of an accepted type exists.");
            case INTERNAL_SERVER_ERROR ->
                    Failure.of(
                            status,
                            "internal",
                            "Something went wrong here. The log has more under this traceId.");
            default -> {
                var reason = status.getReasonPhrase();
                yield Failure.of(
                        status, reason.toLowerCase(Locale.ROOT).replace(' ', '-'), reason + ".");
            }
        };
    }

    static Failure invalid(String field, String message) {
        return Failure.of(HttpStatus.BAD_REQUEST, "invalid-request", message, field);
    }

    static Failure absent() {
        return Failure.of(HttpStatus.NOT_FOUND, "not-found", "There is no such thing here.");
    }

    private static Failure forbidden() {
        return Failure.of(HttpStatus.FORBIDDEN, "forbidden", "You may not do this.");
    }

    private static Failure tooLarge(String what) {
        return Failure.of(
                HttpStatus.CONTENT_TOO_LARGE, "too-large", "The upload has " + what + ".", "file");
    }

    private static Failure noRoom() {
        return Failure.of(
                HttpStatus.INSUFFICIENT_STORAGE,
                "no-room",
                "The server has no room for more files; free disk space first.",
                "file");
    }

    private static Failure unavailable(String what) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        return Failure.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        what + " cannot be reached now; try again soon.")
                .with(headers);
    }

    private static Failure mismatch(MethodArgumentTypeMismatchException mismatch) {
        return mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
                ? absent()
                : invalid(mismatch.getName(), "This is not what the parameter takes.");
    }

    private static Failure refused(ErrorResponseException refused) {
        var body = refused.getBody();
        var properties = body.getProperties();
        var detail = body.getDetail();
        if (properties == null
                || detail == null
                || !(properties.get("code") instanceof String code)) {
            return byStatus(refused.getStatusCode()).with(refused.getHeaders());
        }
        var told =
                properties.get("field") instanceof String field
                        ? Failure.of(refused.getStatusCode(), code, detail, field)
                        : Failure.of(refused.getStatusCode(), code, detail);
        return told.with(refused.getHeaders());
    }

    private static @Nullable Failure annotated(Exception cause) {
        var status =
                AnnotatedElementUtils.findMergedAnnotation(cause.getClass(), ResponseStatus.class);
        return status == null ? null : byStatus(status.code());
    }
}
