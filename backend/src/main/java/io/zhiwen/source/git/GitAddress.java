package io.zhiwen.source.git;

import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.SourceUnavailable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/// A branch of a repository.
///
/// @param ref as the other side calls it
record GitAddress(URI uri, String ref) {

    /// @param branch empty for the one that a clone would have
    /// @throws SourceUnavailable when it is no address of the web, or no name of a branch
    static GitAddress of(String url, String branch) throws SourceUnavailable {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw Place.unusable("no address: " + e.getMessage());
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || uri.getHost() == null) {
            throw Place.unusable("only https:// and http:// addresses of repositories are read");
        }
        if (uri.getRawUserInfo() != null) {
            throw Place.unusable("name and token have fields of their own");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw Place.unusable("the address of a repository has no ? and no #");
        }
        String ref =
                branch.isEmpty()
                        ? Constants.HEAD
                        : branch.startsWith(Constants.R_REFS) ? branch : Constants.R_HEADS + branch;
        if (!branch.isEmpty() && !Repository.isValidRefName(ref)) {
            throw Place.unusable("no name of a branch: " + branch);
        }
        return new GitAddress(uri, ref);
    }

    /// Whether a request there is one to whom the token belongs.
    boolean isSite(URI other) {
        return uri.getScheme().equalsIgnoreCase(other.getScheme())
                && uri.getHost().equalsIgnoreCase(other.getHost())
                && uri.getPort() == other.getPort();
    }
}
