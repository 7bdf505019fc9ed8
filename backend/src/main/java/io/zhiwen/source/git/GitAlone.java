package io.zhiwen.source.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.SystemReader;

/// Keeps JGit from the settings of the machine and of the server's user, which may name other
/// hosts, files and programs; and from running the machine's `git` to find them.
final class GitAlone extends SystemReader.Delegate {

    private final StoredConfig nothing = new Nothing();

    private GitAlone(SystemReader machine) {
        super(machine);
    }

    /// From now on, for this process.
    static void begin() {
        SystemReader.setInstance(new GitAlone(SystemReader.getInstance()));
    }

    @Override
    public StoredConfig getUserConfig() {
        return nothing;
    }

    @Override
    public StoredConfig getJGitConfig() {
        return nothing;
    }

    @Override
    public StoredConfig getSystemConfig() {
        return nothing;
    }

    private static final class Nothing extends StoredConfig {

        private Nothing() {
            super(new Config());
        }

        @Override
        public void load() {
            // there is nothing to load
        }

        @Override
        public void save() {
            // what is found out of the file system is found out again
        }
    }
}
