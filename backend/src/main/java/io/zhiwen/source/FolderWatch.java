package io.zhiwen.source;

import io.zhiwen.node.Node;
import io.zhiwen.source.folder.FolderKind;
import io.zhiwen.source.folder.WatchedTree;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.SourceUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Has a folder read soon after something changed in it, where the file system tells of it. It only
/// saves time: what nobody tells of, as on a file server, is found when the source's time comes.
@Component
final class FolderWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Between two looks at which sources there are.
    private static final int LOOKS_A_LIST = 5;

    private final JdbcClient db;
    private final Places places;
    private final FolderKind kind;
    private final Node node;
    private final Map<Path, WatchedTree> trees = new HashMap<>();
    private volatile @Nullable CountDownLatch closed;

    FolderWatch(JdbcClient db, Places places, FolderKind kind, Node node) {
        this.db = db;
        this.places = places;
        this.kind = kind;
        this.node = node;
    }

    @Override
    public void start() {
        if (node.role().takesJobs() && kind.isAllowed()) {
            var end = new CountDownLatch(1);
            closed = end;
            Thread.ofPlatform().name("folder-watch").daemon().start(() -> watch(end));
        }
    }

    @Override
    public void stop() {
        CountDownLatch end = closed;
        if (end != null) {
            end.countDown();
            closed = null;
        }
    }

    @Override
    public boolean isRunning() {
        return closed != null;
    }

    private void watch(CountDownLatch end) {
        Map<SourceId, Path> sources = Map.of();
        try {
            for (int look = 0; !end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS); look++) {
                try {
                    if (look % LOOKS_A_LIST == 0) {
                        sources = folders();
                        follow(sources);
                    }
                    for (var source : sources.entrySet()) {
                        WatchedTree tree = trees.get(source.getValue());
                        if (tree != null && tree.hasSettledAfterChange()) {
                            hasten(source.getKey());
                        }
                    }
                } catch (DataAccessException e) {
                    log.warn("the folders to watch: {}", e.getMessage());
                } catch (RuntimeException e) {
                    log.error("the folders to watch", e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            trees.values().forEach(WatchedTree::close);
            trees.clear();
        }
    }

    /// Those that are read by themselves.
    private Map<SourceId, Path> folders() {
        Map<SourceId, Path> folders = new HashMap<>();
        db.sql(
                        """
                        select id, place from source
                        where kind = :kind and not paused and every_minutes is not null
                        """)
                .param("kind", FolderKind.NAME)
                .query(
                        row -> {
                            try {
                                folders.put(
                                        new SourceId(row.getObject("id", UUID.class)),
                                        kind.folder(
                                                new Place(places.open(row.getString("place")))));
                            } catch (SourceUnavailable e) {
                                log.debug("not watched: {}", e.detail()); // its runs say so
                            }
                        });
        return folders;
    }

    private void follow(Map<SourceId, Path> sources) {
        trees.entrySet()
                .removeIf(
                        tree -> {
                            boolean gone = !sources.containsValue(tree.getKey());
                            if (gone) {
                                tree.getValue().close();
                            }
                            return gone;
                        });
        for (Path folder : sources.values()) {
            if (!trees.containsKey(folder)) {
                try {
                    trees.put(folder, WatchedTree.of(folder));
                } catch (IOException e) {
                    log.info(
                            "{} cannot be watched, only read when its time comes: {}",
                            folder,
                            "" + e);
                }
            }
        }
    }

    private void hasten(SourceId source) {
        db.sql(
                        """
                        update source set due_at = least(due_at, now())
                        where id = :id and not paused and every_minutes is not null
                        """)
                .param("id", source.value())
                .update();
    }
}
