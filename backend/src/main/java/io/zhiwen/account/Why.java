package io.zhiwen.account;

/// One of the reasons why somebody has a role in a base; the highest of them holds.
///
/// @param group that was granted it; empty unless by `GROUP` or `INNER_GROUP`
/// @param inner the group inside of it that they are in; empty unless by `INNER_GROUP`
public record Why(BaseRole role, Way way, String group, String inner) {

    /// How a role comes to a person.
    public enum Way {
        ADMIN,
        PERSON,
        EVERYONE,
        GROUP,
        INNER_GROUP
    }
}
