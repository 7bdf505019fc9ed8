package io.zhiwen.search;

import io.zhiwen.library.Folder;
import java.util.List;
import java.util.UUID;

/// What there is to choose from in what somebody may read, whether or not it is near a question.
///
/// @param types as `FileTypes` names them
/// @param folders of the one base chosen, each behind the one it is in; none for several bases
/// @param fields of that base that documents have values in
public record Choices(
        List<String> tags,
        List<String> types,
        List<String> owners,
        List<Folder> folders,
        List<FieldChoice> fields) {

    public Choices {
        tags = List.copyOf(tags);
        types = List.copyOf(types);
        owners = List.copyOf(owners);
        folders = List.copyOf(folders);
        fields = List.copyOf(fields);
    }

    Choices in(List<Folder> tree) {
        return new Choices(tags, types, owners, tree, fields);
    }

    /// @param kind as the base has it: `text`, `number`, `date`, `choice` or `yes-no`
    /// @param values of a choice, those in use
    public record FieldChoice(UUID id, String name, String kind, List<String> values) {
        public FieldChoice {
            values = List.copyOf(values);
        }
    }
}
