package io.zhiwen.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.library.DocumentFigure;

@Schema(name = "Figure")
record FigureJson(
        @Schema(description = "From 1, in the order of the document.") int n,
        @Schema(
                        description = "Where its pixels are, as PNG or JPEG.",
                        example = "/api/v1/documents/0b9f…/figures/1")
                String url,
        @Schema(description = "What it shows: what its file says, else its caption. May be empty.")
                String alt,
        @Schema(description = "In pixels.") int width,
        int height) {

    static FigureJson of(DocumentFigure figure) {
        return new FigureJson(
                figure.n(),
                "/api/v1/documents/%s/figures/%d".formatted(figure.document(), figure.n()),
                figure.alt(),
                figure.width(),
                figure.height());
    }
}
