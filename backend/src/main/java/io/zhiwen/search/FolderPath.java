package io.zhiwen.search;

/// The folders a row `d` of `document` lies in, from the top down.
final class FolderPath {

    /// One row of `ids` and `path`, their names; none for what lies at the top of its base.
    static final String ROWS =
            """
            with recursive way as (
                select w.parent_id, array[w.id] as ids, array[w.name] as path
                from folder w where w.id = d.folder_id
                union all
                select u.parent_id, u.id || way.ids, u.name || way.path
                from folder u join way on u.id = way.parent_id)
            select ids, path from way where parent_id is null
            """;

    /// Their names joined; null at the top of a base.
    static final String JOINED =
            "(select array_to_string(place.path, ' / ') from (" + ROWS + ") place)";

    private FolderPath() {}
}
