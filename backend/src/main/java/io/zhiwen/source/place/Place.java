package io.zhiwen.source.place;

import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.util.List;
import java.util.Map;

/// What somebody wrote into the form of a kind of source, secrets included.
public record Place(Map<String, String> values) {

    public Place {
        values = Map.copyOf(values);
    }

    /// Empty when nothing was written.
    public String text(String field) {
        return values.getOrDefault(field, "").strip();
    }

    public List<String> lines(String field) {
        return text(field).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /// What was chosen.
    public boolean isSet(Field field) {
        String said = text(field.name());
        return Boolean.parseBoolean(said.isEmpty() ? field.standard() : said);
    }

    /// @throws SourceUnavailable when it is no number between the two
    public int number(Field field, int least, int most) throws SourceUnavailable {
        String said = text(field.name());
        try {
            int number = Integer.parseInt(said.isEmpty() ? field.standard() : said);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw unusable(field.name() + " is no number: " + said);
        }
        throw unusable(field.name() + " is not between " + least + " and " + most);
    }

    public static SourceUnavailable unusable(String detail) {
        return new SourceUnavailable(Trouble.UNUSABLE, detail);
    }

    /// Without the values, which hold secrets.
    @Override
    public String toString() {
        return "Place" + values.keySet();
    }
}
