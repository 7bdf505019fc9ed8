package io.zhiwen.ingest.parse.worker;

import javax.xml.stream.XMLStreamReader;

/// How a run of a Word paragraph looks, as its properties come by. Those before the first run are
/// the paragraph's.
final class DocxRun {

    /// In half points.
    private static final int SMALLEST = 3;

    private boolean begun;
    private boolean onColour;
    private boolean bold;
    private boolean vanished;
    private boolean white;
    private boolean shaded;
    private boolean tiny;

    /// @param onColour whether white would be seen there
    DocxRun(boolean onColour) {
        this.onColour = onColour;
    }

    void begin() {
        begun = true;
        bold = false;
        vanished = false;
        white = false;
        shaded = false;
        tiny = false;
    }

    /// Takes the property the reader stands on; others mean nothing here.
    void property(XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "b" -> bold = isOn(xml);
            case "vanish" -> vanished = isOn(xml);
            case "color" -> white = DocxBody.value(xml).equalsIgnoreCase("FFFFFF");
            case "highlight" -> shaded = !DocxBody.value(xml).equals("none");
            case "shd" -> shade(xml);
            case "sz" -> tiny = DocxNumbers.number(DocxBody.value(xml), 24) <= SMALLEST;
            default -> {}
        }
    }

    boolean isBold() {
        return bold;
    }

    /// Whether nobody sees its text, whatever lies under it.
    boolean isHidden() {
        return vanished || tiny;
    }

    /// Whether its text is white, and nothing of the run or its paragraph lies under it.
    boolean isWhiteOnPaper() {
        return white && !shaded && !onColour;
    }

    private void shade(XMLStreamReader xml) {
        boolean coloured = isShade(xml);
        if (begun) {
            shaded |= coloured;
        } else {
            onColour |= coloured;
        }
    }

    /// Whether a `shd` paints anything.
    private static boolean isShade(XMLStreamReader xml) {
        boolean pattern =
                !DocxBody.value(xml).equals("clear") && !DocxBody.value(xml).equals("nil");
        String fill = DocxBody.attribute(xml, "fill");
        return pattern
                || !(fill.isEmpty()
                        || fill.equalsIgnoreCase("auto")
                        || fill.equalsIgnoreCase("FFFFFF"));
    }

    private static boolean isOn(XMLStreamReader xml) {
        String value = DocxBody.value(xml);
        return !value.equals("0") && !value.equals("false");
    }
}
