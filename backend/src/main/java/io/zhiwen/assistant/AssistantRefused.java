package io.zhiwen.assistant;

/// An assistant cannot be as somebody wants it.
public final class AssistantRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        NO_NAME("it needs a name", "name"),
        LONG_NAME("its name is longer than " + AssistantWish.LONGEST_NAME + " characters", "name"),
        NAME_TAKEN("another assistant has this name", "name"),
        LONG_DESCRIPTION(
                "its description is longer than "
                        + AssistantWish.LONGEST_DESCRIPTION
                        + " characters",
                "description"),
        NO_BASE("it needs a knowledge base", "knowledge_base_ids"),
        TOO_MANY_OPENINGS(
                "it has at most " + AssistantWish.MOST_OPENINGS + " first questions", "openings"),
        LONG_OPENING(
                "a first question is longer than " + AssistantWish.LONGEST_OPENING + " characters",
                "openings"),
        NO_SUCH_SERVER("there is no such model server", "model_server_id"),
        SERVER_FOR_ADMINS("only admins choose which model server writes", "model_server_id");

        private final String sentence;
        private final String field;

        Reason(String sentence, String field) {
            this.sentence = sentence;
            this.field = field;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        public String field() {
            return field;
        }
    }

    private final Reason reason;

    AssistantRefused(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
