package io.zhiwen.ingest.parse;

import java.util.List;

/// Something a reader should know about how well a document was understood. Pages say it in the
/// reader's language under the key `finding.<code>`.
///
/// @param kind what was found
/// @param pages it concerns, ascending; none when it concerns the document
/// @param amount how much of it: what the kind counts
public record Finding(Kind kind, List<Integer> pages, int amount) {

    /// What can be found; behind each what its amount counts.
    public enum Kind {
        /// Pages without usable text, read by OCR: mean confidence in percent.
        READ_BY_OCR,
        /// Pages read by OCR that are hardly legible: mean confidence in percent.
        POORLY_LEGIBLE,
        /// Pages without usable text, and Tesseract is not installed: how many.
        UNREAD_WITHOUT_OCR,
        /// Pages without usable text on which OCR found none either, or took too long: how many.
        UNREAD,
        /// Pictures in the text, read by OCR: how many.
        PICTURES_READ,
        /// Pictures in the text, large enough to hold words, without Tesseract: how many.
        PICTURES_WITHOUT_OCR,
        /// Pictures in the text that nobody can decode, or too many of them: how many.
        PICTURES_UNREAD,
        /// Pictures in the text that readers are not shown, damaged or too large: how many.
        FIGURES_LEFT_OUT,
        /// Pages nobody else could read, read by a vision model: how many.
        READ_BY_MODEL,
        /// Pages a vision model was to read, and its server did not answer: how many.
        UNREAD_BY_MODEL,
        /// Figures described by a vision model: how many.
        FIGURES_DESCRIBED,
        /// Figures a vision model was to describe, and its server did not answer: how many.
        FIGURES_NOT_DESCRIBED,
        /// Pages whose letters have no meaning, as fonts without a character table: how many.
        UNREADABLE_LETTERS,
        /// Letters of private use among others, whose meaning only their font knew: how many.
        PRIVATE_LETTERS,
        /// Hardly any text for so many pages: characters a page.
        LITTLE_TEXT,
        /// Letters as a wrong encoding shows them: percent of the letters.
        MOJIBAKE,
        /// The same lines again and again: percent of the text.
        REPETITION,
        /// Heads, disclaimers and templates, which stand on page after page: percent of the text.
        BOILERPLATE,
        /// Neither Chinese nor English, which search is made for: percent of the letters.
        OTHER_LANGUAGE,
        /// Characters no reader sees, taken out: how many.
        HIDDEN_CHARACTERS,
        /// Sheets that Excel does not show, left out: how many.
        HIDDEN_SHEETS,
        /// Text nobody sees (white, tiny, off the page), left out: how many characters.
        HIDDEN_TEXT,
        /// Numbers of Chinese ID cards, with the right check digit: how many.
        ID_CARDS,
        /// Numbers of bank cards, with the right check digit: how many.
        BANK_CARDS,
        /// Telephone numbers: how many.
        PHONE_NUMBERS,
        /// E-mail addresses: how many.
        EMAIL_ADDRESSES,
        /// Keys and passwords: how many.
        SECRETS,
        /// Personal numbers and secrets made illegible in the text: how many.
        MASKED;

        /// Whether reading the same file once more may end differently, as a program was missing or
        /// a server did not answer.
        public boolean mayPass() {
            return this == UNREAD_WITHOUT_OCR
                    || this == PICTURES_WITHOUT_OCR
                    || this == UNREAD_BY_MODEL
                    || this == FIGURES_NOT_DESCRIBED;
        }
    }

    public Finding {
        pages = List.copyOf(pages);
    }

    public static Finding onPages(Kind kind, List<Integer> pages, int amount) {
        return new Finding(kind, pages, amount);
    }

    public static Finding ofDocument(Kind kind, int amount) {
        return new Finding(kind, List.of(), amount);
    }

    /// Ascending numbers as a person writes them, e.g. `1-3, 7`.
    public static String ranges(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); ) {
            int end = i;
            while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
                end++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(numbers.get(i));
            if (end > i) {
                text.append('-').append(numbers.get(end));
            }
            i = end + 1;
        }
        return text.toString();
    }
}
