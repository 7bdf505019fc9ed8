package io.zhiwen.pages;

import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.conversation.AnswerAlreadyRunning;
import io.zhiwen.conversation.NoSuchConversation;
import io.zhiwen.evaluate.golden.GoldenRefused;
import io.zhiwen.ingest.upload.BlobStoreUnavailable;
import io.zhiwen.ingest.upload.DamagedBlob;
import io.zhiwen.ingest.upload.NoRoom;
import io.zhiwen.ingest.upload.UploadTooLarge;
import io.zhiwen.library.Attachments;
import io.zhiwen.library.NoSuchDocument;
import io.zhiwen.library.NoSuchField;
import io.zhiwen.library.NoSuchFolder;
import io.zhiwen.library.TooManyAttachments;
import io.zhiwen.settings.NoSuchSetting;
import io.zhiwen.source.NoSuchSource;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;

/// What a page or its script is told when a request cannot be done: a page in the reader's
/// language, or `{"message"}` in it.
@ControllerAdvice(basePackageClasses = Faults.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class Faults {

    private final Words words;
    private final PageModel pages;

    Faults(Words words, PageModel pages) {
        this.words = words;
        this.pages = pages;
    }

    @ExceptionHandler({
        NoSuchKnowledgeBase.class,
        NoSuchDocument.class,
        NoSuchField.class,
        NoSuchFolder.class,
        NoSuchConversation.class,
        NoSuchSource.class,
        NoSuchSetting.class,
        Gone.class,
        MethodArgumentTypeMismatchException.class
    })
    Object gone(HttpServletRequest request, Locale locale) {
        return told(request, locale, HttpStatus.NOT_FOUND, words.say(locale, "error.gone"));
    }

    @ExceptionHandler(NotAllowed.class)
    Object forbidden(HttpServletRequest request, Locale locale) {
        return told(request, locale, HttpStatus.FORBIDDEN, words.say(locale, "error.forbidden"));
    }

    @ExceptionHandler
    Object tooLarge(UploadTooLarge cause, HttpServletRequest request, Locale locale) {
        var limit = new Formats(locale).size(cause.limit());
        var text = words.say(locale, "error.tooLarge", limit);
        return told(request, locale, HttpStatus.CONTENT_TOO_LARGE, text);
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    Object tooLarge(HttpServletRequest request, Locale locale) {
        var text = words.say(locale, "js.error.tooLarge");
        return told(request, locale, HttpStatus.CONTENT_TOO_LARGE, text);
    }

    @ExceptionHandler(NoRoom.class)
    Object noRoom(HttpServletRequest request, Locale locale) {
        var text = words.say(locale, "error.noRoom");
        return told(request, locale, HttpStatus.INSUFFICIENT_STORAGE, text);
    }

    @ExceptionHandler(BlobStoreUnavailable.class)
    Object away(HttpServletRequest request, Locale locale) {
        var text = words.say(locale, "error.store");
        return told(request, locale, HttpStatus.SERVICE_UNAVAILABLE, text);
    }

    @ExceptionHandler(DamagedBlob.class)
    Object damaged(HttpServletRequest request, Locale locale) {
        var text = words.say(locale, "error.damaged");
        return told(request, locale, HttpStatus.INTERNAL_SERVER_ERROR, text);
    }

    @ExceptionHandler
    Object unusable(UnusableQuestion cause, HttpServletRequest request, Locale locale) {
        var text = words.say(locale, cause.code(), cause.limit());
        return told(request, locale, HttpStatus.UNPROCESSABLE_CONTENT, text);
    }

    @ExceptionHandler
    Object refused(GoldenRefused cause, HttpServletRequest request, Locale locale) {
        var key = "evaluate.wrong." + cause.reason().code();
        var text = words.say(locale, key, cause.value());
        return told(request, locale, HttpStatus.UNPROCESSABLE_CONTENT, text);
    }

    @ExceptionHandler
    Object refused(AccountRefused cause, HttpServletRequest request, Locale locale) {
        var status =
                cause.reason().isAbsence()
                        ? HttpStatus.NOT_FOUND
                        : HttpStatus.UNPROCESSABLE_CONTENT;
        return told(request, locale, status, words.say(locale, "account." + cause.code()));
    }

    @ExceptionHandler(AnswerAlreadyRunning.class)
    Object answering(HttpServletRequest request, Locale locale) {
        var text = words.say(locale, "error.answering");
        return told(request, locale, HttpStatus.CONFLICT, text);
    }

    @ExceptionHandler(TooManyAnswers.class)
    Object busy(HttpServletRequest request, Locale locale) {
        var text = words.say(locale, "error.busy");
        return told(request, locale, HttpStatus.TOO_MANY_REQUESTS, text);
    }

    @ExceptionHandler(TooManyAttachments.class)
    Object tooManyFiles(HttpServletRequest request, Locale locale) {
        var text = words.say(locale, "error.attachments", Attachments.MOST);
        return told(request, locale, HttpStatus.UNPROCESSABLE_CONTENT, text);
    }

    private Object told(
            HttpServletRequest request, Locale locale, HttpStatus status, String message) {
        if (request.getServletPath().startsWith("/app/")) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("message", message));
        }
        var known = status.value() == 403 || status.value() == 404 || status.value() == 413;
        var page = new ModelAndView(known ? "error/" + status.value() : "error/said", status);
        var model = new org.springframework.ui.ExtendedModelMap();
        pages.common(request, locale, model);
        page.addAllObjects(model);
        page.addObject("status", status.value());
        page.addObject("message", message);
        return page;
    }

    /// What was asked for is not there, or not for this reader.
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// One person asks more at once than is fair.
    static final class TooManyAnswers extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
