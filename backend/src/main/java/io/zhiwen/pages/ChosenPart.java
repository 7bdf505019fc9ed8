package io.zhiwen.pages;

/// A folder or a document that a chat searches, as its page shows it.
///
/// @param kind `folder` or `document`
record ChosenPart(String kind, String id, String base, String name) {

    /// An empty one to copy.
    static final ChosenPart BLANK = new ChosenPart("document", "", "", "");
}
