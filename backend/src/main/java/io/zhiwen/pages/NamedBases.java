package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import java.util.Collection;
import java.util.List;

/// The bases somebody reads, in their order, as pages offer some of them and name those chosen.
record NamedBases(List<KnowledgeBase> all) {

    static NamedBases readBy(Principal.User me, Library library, Access access) {
        return new NamedBases(library.bases(access.everythingFor(me)));
    }

    List<ChatPages.Choice> choices() {
        return all.stream()
                .map(base -> new ChatPages.Choice(base.id().toString(), base.name(), false))
                .toList();
    }

    /// The names of those among them, in words.
    String names(Collection<KnowledgeBaseId> chosen, Formats formats) {
        return formats.list(
                all.stream()
                        .filter(base -> chosen.contains(base.id()))
                        .map(KnowledgeBase::name)
                        .toList());
    }
}
