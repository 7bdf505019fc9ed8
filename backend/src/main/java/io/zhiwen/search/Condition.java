package io.zhiwen.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a document must be like to pass. Sets name what passes; an empty one passes nothing.
public sealed interface Condition {

    /// Has one of the tags.
    record Tagged(Set<String> tags) implements Condition {
        public Tagged {
            tags = Set.copyOf(tags);
        }
    }

    /// Lies in one of the folders or below.
    record InFolder(Set<UUID> folders) implements Condition {
        public InFolder {
            folders = Set.copyOf(folders);
        }
    }

    /// @param types as `FileTypes` names them, whatever their case
    record OfType(Set<String> types) implements Condition {
        public OfType {
            types = Set.copyOf(types);
        }
    }

    /// Its live version was uploaded then.
    ///
    /// @param from the first moment; null for any
    /// @param before the moment behind the last; null for any
    record Uploaded(@Nullable Instant from, @Nullable Instant before) implements Condition {}

    /// @param owners by the names they sign in with, whatever their case
    record OwnedBy(Set<String> owners) implements Condition {
        public OwnedBy {
            owners = Set.copyOf(owners);
        }
    }

    /// Its days hold that day. What is out of force today is never found.
    record InForceOn(LocalDate day) implements Condition {}

    /// Has a value that passes in a field of its base.
    ///
    /// @param field id or name, whatever its case
    /// @param member who asked for it, in their words, for errors
    record InField(String field, Value value, String member) implements Condition {}

    /// What the value of a field must be like.
    sealed interface Value {}

    /// One of these, whatever their case.
    record OneOf(Set<String> values) implements Value {
        public OneOf {
            values = Set.copyOf(values);
        }
    }

    /// A text that has this in it, whatever its case.
    record Contains(String text) implements Value {}

    /// Both included; null for no bound.
    record Numbers(@Nullable BigDecimal from, @Nullable BigDecimal to) implements Value {}

    /// Both included; null for no bound.
    record Days(@Nullable LocalDate from, @Nullable LocalDate to) implements Value {}

    /// Yes or no.
    record Truth(boolean value) implements Value {}

    /// What is known under a name compares so.
    record Compared(Known known) implements Condition {}

    /// @param all of which one must hold
    record AnyOf(List<Condition> all) implements Condition {
        public AnyOf {
            all = List.copyOf(all);
        }
    }
}
