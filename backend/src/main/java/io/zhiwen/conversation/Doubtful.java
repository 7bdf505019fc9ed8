package io.zhiwen.conversation;

import org.commonmark.node.CustomNode;

/// A sentence of an answer that the passages do not bear out.
final class Doubtful extends CustomNode {}
