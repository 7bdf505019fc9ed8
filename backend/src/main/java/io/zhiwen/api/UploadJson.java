package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.library.Uploaded;
import java.util.Locale;

@Schema(name = "UploadedDocument", description = "The document, and what the file is of it.")
record UploadJson(
        @JsonUnwrapped DocumentJson document,
        @Schema(
                        description =
                                "A document of its own, the next version of the one with its name,"
                                        + " or nothing new: the same bytes were there.",
                        allowableValues = {"created", "version", "unchanged"})
                String result) {

    static UploadJson of(Uploaded uploaded, Sentences sentences, Locale language) {
        return new UploadJson(
                DocumentJson.of(uploaded.document(), sentences, language),
                uploaded.result().name().toLowerCase(Locale.ROOT));
    }
}
