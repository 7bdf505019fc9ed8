package io.zhiwen.source.git;

import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.OverALine;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of a commit, each with the id of its bytes as its fingerprint. Symbolic links and
/// other repositories inside are never followed.
final class GitTree {

    private static final int DEEPEST = 64;

    private static final byte[] LFS =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private final Repository repository;
    private final String folder;
    private final Patterns patterns;
    private final GitLink link;
    private final int most;

    /// @param folder of the repository, without slashes around; empty for all of it
    /// @param most files and folders that are looked at: a tree may hold itself many times over
    GitTree(Repository repository, String folder, Patterns patterns, GitLink link, int most) {
        this.most = most;
        this.repository = repository;
        this.folder = folder;
        this.patterns = patterns;
        this.link = link;
    }

    void each(ObjectId commit, Look look)
            throws SourceUnavailable, IOException, InterruptedException {
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk revisions = new RevWalk(reader);
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(root(reader, revisions.parseCommit(commit).getTree()));
            for (int entries = 0; walk.next(); entries++) {
                if (entries == most) {
                    look.incomplete(Reason.TOO_MANY);
                    return;
                }
                visit(walk, reader, look);
            }
        } catch (LargeObjectException e) {
            throw new SourceUnavailable(Trouble.ODD, "a folder is too large: " + e, e);
        }
    }

    private ObjectId root(ObjectReader reader, ObjectId tree)
            throws IOException, SourceUnavailable {
        if (folder.isEmpty()) {
            return tree;
        }
        try (TreeWalk found = TreeWalk.forPath(reader, folder, tree)) {
            if (found == null || found.getFileMode() != FileMode.TREE) {
                throw new SourceUnavailable(
                        Trouble.NOT_FOUND, "there is no folder " + folder + " in the branch");
            }
            return found.getObjectId(0);
        }
    }

    private void visit(TreeWalk walk, ObjectReader reader, Look look)
            throws IOException, InterruptedException {
        String path = walk.getPathString();
        String address = folder.isEmpty() ? path : folder + "/" + path;
        if (walk.isSubtree()) {
            if (Patterns.isHidden(walk.getNameString())) {
                return;
            }
            if (walk.getDepth() >= DEEPEST) {
                look.incomplete(Reason.TOO_DEEP);
                return;
            }
            walk.enterSubtree();
            return;
        }
        FileMode mode = walk.getFileMode();
        if (mode == FileMode.GITLINK) {
            look.leftOut(address, Reason.OTHER_REPOSITORY, "a submodule");
        } else if (!patterns.want(path)) {
            return;
        } else if (mode == FileMode.SYMLINK) {
            look.leftOut(address, Reason.LINK, "a symbolic link");
        } else {
            ObjectId id = walk.getObjectId(0);
            look.found(
                    new Thing(
                            address,
                            walk.getNameString(),
                            id.name(),
                            link.to(address),
                            () -> open(reader, id)));
        }
    }

    private static InputStream open(ObjectReader reader, ObjectId id) throws IOException {
        InputStream bytes = new BufferedInputStream(new OverALine(blob(reader, id)));
        bytes.mark(LFS.length);
        byte[] first = bytes.readNBytes(LFS.length);
        bytes.reset();
        if (Arrays.equals(first, LFS)) {
            bytes.close();
            throw new LeftOut(Reason.LFS, "a pointer of Git LFS");
        }
        return bytes;
    }

    private static InputStream blob(ObjectReader reader, ObjectId id) throws LeftOut {
        try {
            return reader.open(id, Constants.OBJ_BLOB).openStream();
        } catch (IOException e) {
            throw new LeftOut(Reason.UNREADABLE, e.toString());
        }
    }
}
