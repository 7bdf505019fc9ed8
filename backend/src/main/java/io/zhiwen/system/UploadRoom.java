package io.zhiwen.system;

import io.zhiwen.ingest.upload.NoRoom;
import io.zhiwen.library.UploadLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/// Reads uploads only while the disks they are spooled to keep a reserve: a full disk would stop
/// the database too. What does not fit all the same is told as such, and nothing of it is kept.
final class UploadRoom extends StandardServletMultipartResolver {

    /// What a request has beside its file, at most.
    private static final long AROUND_A_FILE = 64 << 10;

    private final List<Path> folders;
    private final long reserve;
    private final UploadLimit limit;
    private final ToLongFunction<Path> free;

    /// @param folders where an upload is written on its way in
    /// @param reserve bytes that must stay free there
    UploadRoom(List<Path> folders, long reserve, UploadLimit limit) {
        this(folders, reserve, limit, UploadRoom::usable);
    }

    UploadRoom(List<Path> folders, long reserve, UploadLimit limit, ToLongFunction<Path> free) {
        this.folders = folders;
        this.reserve = reserve;
        this.limit = limit;
        this.free = free;
    }

    @Override
    public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
        long largest = limit.bytes();
        long coming = request.getContentLengthLong();
        if (coming - AROUND_A_FILE > largest) {
            throw new MaxUploadSizeExceededException(largest);
        }
        // each upload is spooled twice: as the request's part, and as a blob on its way in
        require(2 * (coming < 0 ? largest : coming));
        try {
            return super.resolveMultipart(request);
        } catch (MultipartException e) {
            throw folders.stream().anyMatch(folder -> meansFull(e, folder))
                    ? refusal(new NoRoom(folders.getFirst(), 0))
                    : e;
        }
    }

    private void require(long bytes) {
        for (Path folder : folders) {
            long left = free.applyAsLong(folder);
            if (left - bytes < reserve) {
                throw refusal(new NoRoom(folder, left));
            }
        }
    }

    private static MultipartException refusal(NoRoom cause) {
        return new MultipartException("no room for an upload", cause);
    }

    private static boolean meansFull(Throwable failure, Path folder) {
        Throwable cause = failure;
        while (cause != null && !NoRoom.isMeantBy(cause, folder)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
