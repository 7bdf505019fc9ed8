package io.zhiwen.ask.stream;

import java.util.Set;

/// A unit that may be shown, with how well it answers.
///
/// @param passage the number it is cited by, from 1
/// @param place of the unit in its passage, from 0
/// @param context the line the unit is read under; empty where there is none
/// @param terms of its folded text
/// @param score higher is better, comparable within one question
record Candidate(
        int passage, int place, Unit unit, String context, Set<String> terms, double score) {}
