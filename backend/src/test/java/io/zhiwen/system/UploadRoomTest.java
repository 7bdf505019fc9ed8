package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ingest.upload.NoRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockPart;
import org.springframework.web.multipart.MultipartException;

class UploadRoomTest {

    private static final Path SPOOL = Path.of("spool");
    private static final Path BLOBS = Path.of("blobs");

    @Test
    void anUploadThatWouldTouchTheReserveIsRefusedBeforeItIsRead() {
        var full =
                new UploadRoom(
                        List.of(SPOOL, BLOBS),
                        100,
                        () -> 1_000_000,
                        at -> at.equals(BLOBS) ? 109 : 999);
        assertThat(full.resolveMultipart(upload(4)).getFileMap()).containsKey("file");
        assertThatThrownBy(() -> full.resolveMultipart(unreadable(5)))
                .isInstanceOf(MultipartException.class)
                .hasCauseInstanceOf(NoRoom.class)
                .satisfies(
                        e ->
                                assertThat(Failures.of((Exception) e).status())
                                        .isEqualTo(HttpStatus.INSUFFICIENT_STORAGE));
    }

    @Test
    void aFileThatIsLargerThanIsAllowedNowIsRefusedBeforeItIsRead() {
        var room = new UploadRoom(List.of(SPOOL), 0, () -> 100_000, _ -> Long.MAX_VALUE);
        assertThat(room.resolveMultipart(upload(100_000)).getFileMap()).containsKey("file");
        assertThatThrownBy(() -> room.resolveMultipart(unreadable(200_000)))
                .satisfies(
                        e ->
                                assertThat(Failures.of((Exception) e).status())
                                        .isEqualTo(HttpStatus.CONTENT_TOO_LARGE));
    }

    @Test
    void aDiskThatFillsUpMeanwhileIsToldAsFull() {
        var room = new UploadRoom(List.of(Path.of(".")), 0, () -> 1_000_000, _ -> Long.MAX_VALUE);
        var request =
                new MockHttpServletRequest() {
                    @Override
                    public java.util.Collection<jakarta.servlet.http.Part> getParts()
                            throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        assertThatThrownBy(() -> room.resolveMultipart(request)).hasCauseInstanceOf(NoRoom.class);
    }

    private static MockHttpServletRequest upload(int bytes) {
        var request = new MockHttpServletRequest();
        request.setContent(new byte[bytes]);
        request.addPart(new MockPart("file", "a.txt", new byte[bytes]));
        return request;
    }

    private static MockHttpServletRequest unreadable(int bytes) {
        var request =
                new MockHttpServletRequest() {
                    @Override
                    public java.util.Collection<jakarta.servlet.http.Part> getParts() {
                        throw new AssertionError("it was read");
                    }
                };
        request.setContent(new byte[bytes]);
        return request;
    }
}
