package io.zhiwen.source.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.SourceSettings;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class FolderSourceTest {

    @TempDir Path top;

    private Path root;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(top.toRealPath().resolve("in"));
        Files.createDirectories(root.resolve("2026"));
        Files.writeString(root.resolve("制度.txt"), "rules");
        Files.writeString(root.resolve("2026/plan.md"), "plan");
    }

    /// Remembers texts and reasons by address.
    private static class Kept implements Look {

        final Map<String, String> told = new TreeMap<>();
        final Map<String, String> fingerprints = new TreeMap<>();
        boolean whole = true;

        @Override
        public @Nullable String fingerprintOf(String address) {
            return fingerprints.get(address);
        }

        @Override
        public void found(Thing thing) throws IOException, InterruptedException {
            String before = fingerprints.put(thing.address(), thing.fingerprint());
            if (thing.fingerprint().equals(before)) {
                told.put(thing.address(), "same");
                return;
            }
            try (var bytes = thing.content().open()) {
                told.put(thing.address(), new String(bytes.readAllBytes(), UTF_8));
            } catch (LeftOut e) {
                told.put(thing.address(), e.reason().name());
            }
        }

        @Override
        public void leftOut(String address, Reason reason, String detail) {
            told.put(address, reason.name());
        }

        @Override
        public void incomplete(Reason reason) {
            whole = false;
        }
    }

    private Map<String, String> look(Kept look, Map<String, String> fields) throws Exception {
        look.told.clear();
        new FolderSource(root, Patterns.of(new Place(fields)), Duration.ofMillis(20)).each(look);
        return look.told;
    }

    @Test
    void filesOfAllFoldersAreFoundByTheirPathsAndReadOnceUntilTheyChange() throws Exception {
        var look = new Kept();
        assertThat(look(look, Map.of()))
                .isEqualTo(Map.of("制度.txt", "rules", "2026/plan.md", "plan"));
        Files.writeString(root.resolve("2026/plan.md"), "Plan");
        assertThat(look(look, Map.of()))
                .isEqualTo(Map.of("制度.txt", "same", "2026/plan.md", "Plan"));
    }

    @Test
    void patternsChooseAndHiddenFilesAreNotThere() throws Exception {
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/config"), "x");
        Files.writeString(root.resolve("~$plan.docx"), "x");
        Files.writeString(root.resolve("2026/PLAN.PDF"), "pdf");
        assertThat(look(new Kept(), Map.of("include", "*.md\n2026/*.pdf")))
                .containsOnlyKeys("2026/plan.md", "2026/PLAN.PDF");
        assertThat(look(new Kept(), Map.of("exclude", "2026/**"))).containsOnlyKeys("制度.txt");
        assertThatThrownBy(() -> look(new Kept(), Map.of("include", "[a")))
                .isInstanceOf(SourceUnavailable.class);
    }

    @Test
    void aLinkIsNotFollowedAndOneThatLeadsOutIsTold() throws Exception {
        Path outside = Files.createDirectories(top.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("file.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(root.resolve("circle"), root);
        Files.createSymbolicLink(root.resolve("inside.txt"), root.resolve("制度.txt"));
        assertThat(look(new Kept(), Map.of()))
                .isEqualTo(
                        Map.of(
                                "制度.txt", "rules",
                                "2026/plan.md", "plan",
                                "file.txt", "LINK_OUTSIDE",
                                "folder", "LINK_OUTSIDE"));
    }

    @Test
    void aFolderThatBecomesALinkBetweenLookAndReadingIsNotFollowed() throws Exception {
        Path outside = Files.createDirectories(top.resolve("outside"));
        Files.writeString(outside.resolve("plan.md"), "secret");
        var look =
                new Kept() {
                    @Override
                    public void found(Thing thing) throws IOException, InterruptedException {
                        if (thing.address().startsWith("2026/")) {
                            Files.delete(root.resolve("2026/plan.md"));
                            Files.delete(root.resolve("2026"));
                            Files.createSymbolicLink(root.resolve("2026"), outside);
                        }
                        super.found(thing);
                    }
                };
        assertThat(look(look, Map.of())).containsEntry("2026/plan.md", "UNREADABLE");
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftUntilItIsStable() throws Exception {
        Path growing = root.resolve("growing.txt");
        Files.writeString(growing, "first");
        var look =
                new Kept() {
                    @Override
                    public @Nullable String fingerprintOf(String address) {
                        try {
                            if (address.equals("growing.txt") && Files.size(growing) == 5) {
                                Files.writeString(growing, "first and second");
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        return super.fingerprintOf(address);
                    }
                };
        assertThat(look(look, Map.of())).containsEntry("growing.txt", "STILL_WRITTEN");
        assertThat(look(look, Map.of())).containsEntry("growing.txt", "first and second");
    }

    @Test
    void onlyFoldersBelowThoseOfTheSettingAreAllowed() throws Exception {
        var kind =
                new FolderKind(
                        new SourceSettings(
                                List.of(root), 1, Duration.ofMinutes(1), DataSize.ofMegabytes(1)));
        assertThat(kind.folder(at(root.toString()))).isEqualTo(root);
        assertThat(kind.folder(at(root + "/2026/../2026"))).isEqualTo(root.resolve("2026"));
        Files.createDirectories(top.resolve("inside-not"));
        Files.createSymbolicLink(root.resolve("out"), top.toRealPath().resolve("inside-not"));
        for (String refused :
                List.of(
                        top.toString(),
                        root + "/..",
                        root + "/out",
                        "/etc",
                        root + "x",
                        root + "/../inside-not")) {
            assertThatThrownBy(() -> kind.folder(at(refused)))
                    .as(refused)
                    .isInstanceOfSatisfying(
                            SourceUnavailable.class,
                            e ->
                                    assertThat(e.trouble())
                                            .isEqualTo(SourceUnavailable.Trouble.FORBIDDEN));
        }
        assertThatThrownBy(() -> kind.folder(at(root + "/none")))
                .isInstanceOfSatisfying(
                        SourceUnavailable.class,
                        e ->
                                assertThat(e.trouble())
                                        .isEqualTo(SourceUnavailable.Trouble.NOT_FOUND));
        var none =
                new FolderKind(
                        new SourceSettings(
                                List.of(), 1, Duration.ofMinutes(1), DataSize.ofMegabytes(1)));
        assertThatThrownBy(() -> none.folder(at(root.toString())))
                .isInstanceOf(SourceUnavailable.class);
    }

    private static Place at(String path) {
        return new Place(Map.of("path", path));
    }
}
