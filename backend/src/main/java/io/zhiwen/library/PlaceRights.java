package io.zhiwen.library;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.GrantRow;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rights of a folder or document as those who manage its base see them.
///
/// @param name of the folder or document
/// @param closed whether its own grants alone count; null when it has no rights of its own
/// @param grants of its own
public record PlaceRights(
        KnowledgeBaseId base, String name, @Nullable Boolean closed, List<GrantRow> grants) {

    /// What can be granted inside a base: managing is a matter of the whole of it.
    public static final List<BaseRole> ROLES = List.of(BaseRole.READER, BaseRole.EDITOR);

    public PlaceRights {
        grants = List.copyOf(grants);
    }
}
