package io.zhiwen.source.git;

import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import java.util.List;
import org.springframework.stereotype.Component;

/// The files of a branch of a Git repository that is read over HTTP. Neither `ssh:` nor `file:`:
/// the
/// one has keys of the server's user, the other its files.
@Component
public final class GitKind implements SourceKind {

    private static final String DOCUMENTS =
            "*.md\n*.mdx\n*.markdown\n*.rst\n*.adoc\n*.txt\n*.html\n*.pdf\n*.docx\n*.pptx\n*.xlsx";

    private static final Field URL = Field.required("url", Field.Type.TEXT);
    private static final Field BRANCH = Field.optional("branch", Field.Type.TEXT);
    private static final Field FOLDER = Field.optional("folder", Field.Type.TEXT);
    private static final Field INCLUDE =
            new Field(Patterns.INCLUDE.name(), Field.Type.LINES, false, DOCUMENTS);
    private static final Field USER = Field.optional("user", Field.Type.TEXT);
    private static final Field TOKEN = Field.optional("token", Field.Type.SECRET);
    private static final Field LINK = Field.optional("link", Field.Type.TEXT);

    private final OutgoingHttp http;
    private final GitCopies copies;

    public GitKind(OutgoingHttp http, GitCopies copies) {
        this.http = http;
        this.copies = copies;
    }

    @Override
    public String name() {
        return "git";
    }

    @Override
    public List<Field> fields() {
        return List.of(URL, BRANCH, FOLDER, INCLUDE, Patterns.EXCLUDE, USER, TOKEN, LINK);
    }

    @Override
    public String where(Place place) {
        return place.text(URL.name());
    }

    @Override
    public Source open(Place place) throws SourceUnavailable {
        var address = GitAddress.of(place.text(URL.name()), place.text(BRANCH.name()));
        return new GitSource(
                new GitRemote(
                        http,
                        address,
                        place.text(USER.name()),
                        place.text(TOKEN.name()),
                        copies.most()),
                copies,
                folder(place.text(FOLDER.name())),
                Patterns.of(place),
                GitLink.of(place.text(LINK.name())));
    }

    /// Without slashes around; empty for all of it.
    private static String folder(String said) {
        return said.replaceAll("^[/.]*/|/+$|^\\.$", "");
    }
}
