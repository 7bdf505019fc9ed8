package io.zhiwen.source.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.util.FS;

/// A bare repository that takes in packs only within bounds: a pack says itself how many objects it
/// has and how large they are, and JGit would make room for what it says.
final class GitRepository extends FileRepository {

    private static final int MOST_OBJECTS = 5_000_000;

    /// Larger files of a repository are in LFS, or no documents.
    private static final long LARGEST_OBJECT = 256L << 20;

    private static final int PACK_HEADER = 12;

    private final long largest;

    /// @param most bytes of it
    GitRepository(Path folder, long most) throws IOException {
        super(
                new FileRepositoryBuilder()
                        .setGitDir(folder.toFile())
                        .setBare()
                        .setFS(FS.DETECTED)
                        .setup());
        this.largest = Math.min(most, LARGEST_OBJECT);
    }

    @Override
    public ObjectInserter newObjectInserter() {
        return new Bounded(super.newObjectInserter(), largest);
    }

    private static final class Bounded extends ObjectInserter.Filter {

        private final ObjectInserter inserter;
        private final long largest;

        private Bounded(ObjectInserter inserter, long largest) {
            this.inserter = inserter;
            this.largest = largest;
        }

        @Override
        protected ObjectInserter delegate() {
            return inserter;
        }

        @Override
        public PackParser newPackParser(InputStream in) throws IOException {
            byte[] header = in.readNBytes(PACK_HEADER);
            if (header.length == PACK_HEADER) {
                long objects = ByteBuffer.wrap(header).getInt(8) & 0xffffffffL;
                if (objects > MOST_OBJECTS) {
                    throw new IOException("a pack of " + objects + " objects");
                }
            }
            PackParser parser =
                    super.newPackParser(
                            new SequenceInputStream(new ByteArrayInputStream(header), in));
            parser.setMaxObjectSizeLimit(largest);
            return parser;
        }
    }
}
