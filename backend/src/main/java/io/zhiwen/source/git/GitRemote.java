package io.zhiwen.source.git;

import io.zhiwen.outgoing.ForbiddenAddress;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.ReplyTooLarge;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// The other side: what the branch is at, and its newest commit without the history. No hooks run,
/// no other repository is touched, and no settings of the machine's own Git count.
final class GitRemote {

    /// Where branches stand here, by their name there.
    private static final String HERE = "refs/zhiwen/";

    static {
        GitAlone.begin();
    }

    private final OutgoingHttp http;
    private final GitAddress address;
    private final GitHttp.Login login;
    private final long most;

    /// @param user empty for what servers take beside a token
    /// @param token empty for none
    /// @param most bytes of a fetch
    GitRemote(OutgoingHttp http, GitAddress address, String user, String token, long most) {
        this.http = http;
        this.address = address;
        this.login = new GitHttp.Login(address, user.isEmpty() ? "git" : user, token);
        this.most = most;
    }

    GitAddress address() {
        return address;
    }

    /// Has the branch as it is there now.
    ObjectId fetch(Repository into) throws SourceUnavailable, InterruptedException {
        return call(into, false);
    }

    /// Has its commit and folders without the bytes of files, where the server can do that.
    ObjectId names(Repository into) throws SourceUnavailable, InterruptedException {
        return call(into, true);
    }

    private ObjectId call(Repository into, boolean namesOnly)
            throws SourceUnavailable, InterruptedException {
        try (Transport transport = open(into)) {
            ObjectId there = there(transport);
            Ref here = into.exactRef(HERE + address.ref());
            if (here == null || !there.equals(here.getObjectId())) {
                transport.setDepth(1);
                if (namesOnly) {
                    fetchNames(transport);
                } else {
                    fetch(transport);
                }
            }
            return there;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            throw unavailable(e);
        }
    }

    private ObjectId there(Transport transport) throws IOException, SourceUnavailable {
        try (FetchConnection connection = transport.openFetch()) {
            Ref ref = connection.getRef(address.ref());
            ObjectId there = ref == null ? null : ref.getObjectId();
            if (there == null) {
                throw new SourceUnavailable(
                        Trouble.NOT_FOUND, "the repository has no " + address.ref());
            }
            return there;
        }
    }

    private void fetchNames(Transport transport) throws IOException {
        try {
            transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
            fetch(transport);
        } catch (TransportException e) {
            if (!(e.getCause() instanceof PackProtocolException)) {
                throw e;
            } // else it sends all or nothing
            transport.setFilterSpec(FilterSpec.NO_FILTER);
            fetch(transport);
        }
    }

    private void fetch(Transport transport) throws IOException {
        transport.fetch(
                NullProgressMonitor.INSTANCE,
                List.of(new RefSpec("+" + address.ref() + ":" + HERE + address.ref())));
    }

    private Transport open(Repository into) throws IOException {
        StoredConfig config = into.getConfig();
        config.setInt("protocol", null, "version", 0); // what is told before a pack is bounded then
        Transport transport;
        try {
            transport = Transport.open(into, new URIish(address.uri().toString()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e); // it is one already
        }
        ((TransportHttp) transport).setHttpConnectionFactory(new GitHttp(http, login, most));
        transport.setTagOpt(TagOpt.NO_TAGS);
        return transport;
    }

    private static SourceUnavailable unavailable(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            Trouble trouble = trouble(cause);
            if (trouble != null) {
                return new SourceUnavailable(trouble, "" + cause.getMessage(), e);
            }
        }
        return new SourceUnavailable(Trouble.UNREACHABLE, "" + e.getMessage(), e);
    }

    private static @Nullable Trouble trouble(Throwable cause) {
        return switch (cause) {
            case ForbiddenAddress _ -> Trouble.FORBIDDEN;
            case ReplyTooLarge _ -> Trouble.TOO_LARGE;
            case TooLargeObjectInPackException _ -> Trouble.TOO_LARGE;
            case NoRemoteRepositoryException _ -> Trouble.NOT_FOUND;
            case GitHttp.Answer answer -> answer.trouble();
            default -> null;
        };
    }
}
