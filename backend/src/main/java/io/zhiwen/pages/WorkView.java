package io.zhiwen.pages;

import io.zhiwen.curate.WorkItem;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// A work item as its pages show it.
///
/// @param closable whether it worked and somebody is to close it
/// @param reasons each in words, with its count, the most frequent first
record WorkView(
        String id,
        String base,
        String baseName,
        String question,
        List<String> wordings,
        List<String> reasons,
        String asked,
        String state,
        String stateText,
        boolean closed,
        String assignee,
        String note,
        String approved,
        boolean closable,
        List<WorkItem.Proof> proof,
        String proven,
        String last,
        String lastText) {

    static WorkView of(WorkItem item, Words words, Locale locale) {
        var formats = new Formats(locale);
        var proven = item.provenAt();
        return new WorkView(
                item.id().toString(),
                Objects.toString(item.base(), ""),
                Objects.requireNonNullElse(item.baseName(), words.say(locale, "work.base.none")),
                item.question(),
                item.wordings(),
                item.reasons().entrySet().stream()
                        .sorted(
                                Map.Entry.<WorkItem.Why, Long>comparingByValue(
                                        Comparator.reverseOrder()))
                        .map(
                                one ->
                                        words.say(
                                                locale,
                                                "work.why." + one.getKey().code(),
                                                one.getValue()))
                        .toList(),
                words.say(locale, "work.times", item.asked(), item.askers()),
                item.state().code(),
                words.say(locale, "work.state." + item.state().code()),
                item.isClosed(),
                Objects.requireNonNullElse(item.assignee(), ""),
                item.note(),
                Objects.toString(item.approved(), ""),
                item.works() && !item.isClosed(),
                item.proof(),
                proven == null ? "" : formats.moment(proven),
                item.lastAsked().toString(),
                formats.moment(item.lastAsked()));
    }
}
