package io.zhiwen.assistant;

import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.assistant.AssistantRefused.Reason;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody wants an assistant to be, refused where it cannot be so. Names, descriptions and
/// questions are one line each.
///
/// @param server the model server that is to write; null for that of the bases
public record AssistantWish(
        String name,
        String description,
        Set<KnowledgeBaseId> bases,
        Instructions instructions,
        @Nullable UUID server,
        List<String> openings,
        boolean enabled) {

    public static final int LONGEST_NAME = 100;
    public static final int LONGEST_DESCRIPTION = 300;
    public static final int MOST_OPENINGS = 8;
    public static final int LONGEST_OPENING = 300;

    public AssistantWish {
        name = line(name);
        description = line(description);
        bases = Set.copyOf(bases);
        openings =
                openings.stream()
                        .map(AssistantWish::line)
                        .filter(opening -> !opening.isEmpty())
                        .distinct()
                        .toList();
        refuse(name.isEmpty(), Reason.NO_NAME);
        refuse(name.length() > LONGEST_NAME, Reason.LONG_NAME);
        refuse(description.length() > LONGEST_DESCRIPTION, Reason.LONG_DESCRIPTION);
        refuse(bases.isEmpty(), Reason.NO_BASE);
        refuse(openings.size() > MOST_OPENINGS, Reason.TOO_MANY_OPENINGS);
        refuse(
                openings.stream().anyMatch(opening -> opening.length() > LONGEST_OPENING),
                Reason.LONG_OPENING);
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static void refuse(boolean wrong, Reason reason) {
        if (wrong) {
            throw new AssistantRefused(reason);
        }
    }
}
