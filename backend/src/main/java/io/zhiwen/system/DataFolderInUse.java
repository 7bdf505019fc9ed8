package io.zhiwen.system;

import java.nio.file.Path;

/// Another process works on the data folder.
final class DataFolderInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DataFolderInUse(Path folder) {
        super("The data folder " + folder + " is in use by another Zhiwen");
    }
}
