package io.zhiwen.suggest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// English headings as questions, by the word they begin with and the number of what they name.
final class EnglishHeading {

    private static final Pattern TO_DO = Pattern.compile("(?i)^how to (.+)$");
    private static final Pattern WHEN_TO = Pattern.compile("(?i)^(when|where) to (.+)$");
    private static final Pattern ASKS =
            Pattern.compile(
                    "(?i)^(?:what|why|who|which|when|where|how|can|does|do|is|are|should|may|will)\\b.*");
    private static final Pattern ACTION =
            Pattern.compile(
                    "(?i)^(?:install|configure|create|set up|add|remove|delete|update|upgrade|use|run|build"
                            + "|deploy|back up|restore|import|export|connect|enable|disable|change|request"
                            + "|apply for|book|submit|report|get|find|start|stop|manage|migrate|reset|sign in"
                            + "|sign up|log in|write|choose|check|test|publish|share|cancel|renew|order)\\s+\\S.*");
    private static final Pattern DOING = Pattern.compile("(?i)^([a-z]{3,}ing)\\s+\\S.*");
    private static final Set<String> NOT_DOING =
            Set.of(
                    "pricing",
                    "training",
                    "meeting",
                    "billing",
                    "building",
                    "logging",
                    "parking",
                    "housing",
                    "funding",
                    "marketing",
                    "accounting",
                    "engineering",
                    "opening",
                    "closing",
                    "operating",
                    "remaining",
                    "existing",
                    "following",
                    "working",
                    "outstanding",
                    "upcoming",
                    "nursing",
                    "shipping",
                    "banking",
                    "manufacturing",
                    "during",
                    "evening",
                    "morning",
                    "something",
                    "nothing",
                    "string",
                    "spring");
    private static final Pattern OVERVIEW =
            Pattern.compile(
                    "(?i)overview|introduction|summary|background|abstract|getting started");
    private static final Pattern PLURAL =
            Pattern.compile("(?i).*\\b[a-z]{2,}(?<![suiaeo])s$|.*\\b[a-z]{3,}(?:es|os)$");
    private static final Pattern SPECIFIC =
            Pattern.compile("(?i)^(?:the|a|an|our|your|my|this)\\s.*|.*['’]s\\b.*|.*[,:;&()].*");

    private EnglishHeading() {}

    /// @param around the heading above, or the document's name
    static Suggested asked(String topic, String around) {
        var toDo = TO_DO.matcher(topic);
        if (toDo.matches()) {
            return new Suggested("How do I " + inside(toDo.group(1)) + "?", Suggested.ASKED);
        }
        var whenTo = WHEN_TO.matcher(topic);
        if (whenTo.matches()) {
            String word = whenTo.group(1).toLowerCase(Locale.ROOT);
            String begin = Character.toUpperCase(word.charAt(0)) + word.substring(1);
            return new Suggested(
                    begin + " should I " + inside(whenTo.group(2)) + "?", Suggested.ASKED);
        }
        if (ASKS.matcher(topic).matches()) {
            return new Suggested(topic + "?", Suggested.ASKED);
        }
        if (ACTION.matcher(topic).matches()) {
            return shaped("How do I " + inside(topic) + "?");
        }
        var doing = DOING.matcher(topic);
        if (doing.matches() && !NOT_DOING.contains(doing.group(1).toLowerCase(Locale.ROOT))) {
            return shaped("How does " + inside(topic) + " work?");
        }
        if (OVERVIEW.matcher(topic).matches()) {
            return shaped("What is " + (around.isEmpty() ? "this document" : around) + " about?");
        }
        boolean single = topic.indexOf(' ') < 0;
        if (PLURAL.matcher(topic).matches() && !SPECIFIC.matcher(topic).matches()) {
            String of = single && !around.isEmpty() ? " for " + inside(around) : "";
            return shaped("What are the " + inside(topic) + of + "?");
        }
        return new Suggested("What should I know about " + inside(topic) + "?", Suggested.NAMED);
    }

    /// Inside a sentence: a lone capital at the beginning was the heading's, others are names.
    private static String inside(String topic) {
        int end = topic.indexOf(' ') < 0 ? topic.length() : topic.indexOf(' ');
        String first = topic.substring(0, end);
        boolean name =
                first.length() < 2
                        || first.substring(1)
                                .chars()
                                .anyMatch(c -> !Character.isLowerCase(c) && c != '-')
                        || topic.substring(end).codePoints().anyMatch(Character::isUpperCase);
        boolean article = first.equals("The") || first.equals("A") || first.equals("An");
        return name && !article ? topic : first.toLowerCase(Locale.ROOT) + topic.substring(end);
    }

    private static Suggested shaped(String text) {
        return new Suggested(text, Suggested.SHAPED);
    }
}
