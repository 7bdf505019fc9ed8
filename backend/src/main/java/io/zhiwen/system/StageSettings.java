package io.zhiwen.system;

import io.zhiwen.ingest.chunk.ChunkSettings;
import io.zhiwen.ingest.embed.EmbeddingServerSettings;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.OfficeSettings;
import io.zhiwen.ingest.parse.ParseSettings;
import io.zhiwen.ingest.parse.Picture;
import io.zhiwen.ingest.parse.TranscriptionSettings;
import io.zhiwen.ingest.parse.UnpackSettings;
import io.zhiwen.ingest.parse.VisionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The settings of stages that know nothing of Spring.
@ConfigurationProperties("zhiwen")
record StageSettings(
        @DefaultValue Parse parse,
        @DefaultValue Chunk chunk,
        @DefaultValue Embedding embedding,
        @DefaultValue NearDuplicates nearDuplicates,
        @DefaultValue Transcription transcription,
        @DefaultValue Vision vision) {

    /// @param workers processes that parse, 1 or 2
    /// @param heapMegabytes memory of each
    /// @param timeLimit for one file
    /// @param maxChars of text one file may yield
    /// @param documentsPerWorker files after which a process is replaced
    /// @param idle time without work after which a process ends
    /// @param ocr how pages without text are read
    /// @param hiddenSheets whether hidden sheets of workbooks are read too
    /// @param comments whether comments in Word files are read
    /// @param trackedChanges which text counts where changes are neither accepted nor rejected
    /// @param unpack how much is taken out of archives and mails
    record Parse(
            @DefaultValue("1") int workers,
            @DefaultValue("512") int heapMegabytes,
            @DefaultValue("120s") Duration timeLimit,
            @DefaultValue("20000000") int maxChars,
            @DefaultValue("200") int documentsPerWorker,
            @DefaultValue("60s") Duration idle,
            @DefaultValue Ocr ocr,
            @DefaultValue("false") boolean hiddenSheets,
            @DefaultValue("false") boolean comments,
            @DefaultValue("accepted") OfficeSettings.TrackedChanges trackedChanges,
            @DefaultValue Unpack unpack) {

        ParseSettings settings() {
            return new ParseSettings(
                    workers,
                    heapMegabytes,
                    timeLimit,
                    maxChars,
                    documentsPerWorker,
                    idle,
                    ocr.settings(),
                    new OfficeSettings(hiddenSheets, comments, trackedChanges),
                    unpack.settings());
        }
    }

    /// @param mostFiles in one archive or mail, and in all that came in one upload
    /// @param mostSize of them together, unpacked
    /// @param deepest archives and mails inside of each other
    record Unpack(
            @DefaultValue("2000") int mostFiles,
            @DefaultValue("1GB") DataSize mostSize,
            @DefaultValue("3") int deepest) {

        UnpackSettings settings() {
            return new UnpackSettings(mostFiles, mostSize.toBytes(), deepest);
        }
    }

    /// @param program Tesseract's; `auto` looks for it, `none` reads no picture
    /// @param pageTimeLimit for one page; a page that takes longer stays unread
    /// @param mostPages of one file; further ones stay unread
    record Ocr(
            @DefaultValue("auto") String program,
            @DefaultValue("60s") Duration pageTimeLimit,
            @DefaultValue("1000") int mostPages) {

        OcrSettings settings() {
            return new OcrSettings(program, pageTimeLimit, mostPages);
        }
    }

    /// @param url of a server that writes down sound, up to and with `/v1`; empty for none
    /// @param model as it names it
    /// @param key sent as a bearer token
    /// @param timeLimit for one file
    record Transcription(
            @DefaultValue("") String url,
            @DefaultValue("") String model,
            @DefaultValue("") String key,
            @DefaultValue("30m") Duration timeLimit) {

        TranscriptionSettings settings() {
            return new TranscriptionSettings(url, model, key, timeLimit);
        }
    }

    /// @param url of a server with a model that sees, up to and with `/v1`; empty for none
    /// @param model as it names it
    /// @param key sent as a bearer token
    /// @param timeLimit for one page or figure
    /// @param mostPages of one document that it looks at, figures among them
    /// @param uses what it is for
    record Vision(
            @DefaultValue("") String url,
            @DefaultValue("") String model,
            @DefaultValue("") String key,
            @DefaultValue("90s") Duration timeLimit,
            @DefaultValue("30") int mostPages,
            @DefaultValue({"pages", "figures"}) Set<Picture.Use> uses) {

        VisionSettings settings() {
            return new VisionSettings(url, model, key, timeLimit, mostPages, uses);
        }
    }

    /// @param target tokens a chunk aims at
    /// @param most tokens no chunk exceeds
    /// @param section tokens around a chunk that are kept to read
    record Chunk(
            @DefaultValue("300") int target,
            @DefaultValue("480") int most,
            @DefaultValue("1200") int section) {

        ChunkSettings settings() {
            return new ChunkSettings(target, most, section);
        }
    }

    /// @param enabled whether documents that are nearly the same are named, and passages of theirs
    /// that say the same are found once
    /// @param from the share of their text that two documents of a base have in common from which
    /// they are nearly the same
    record NearDuplicates(
            @DefaultValue("true") boolean enabled, @DefaultValue("0.85") double from) {}

    /// @param url of a server that embeds, up to and with `/v1`; empty for none
    /// @param models as it names them; a base chooses one
    /// @param key sent as a bearer token
    /// @param questionPrefix before each question, for models that were trained with one
    /// @param passagePrefix before each passage
    /// @param maxChars of one text; what is longer is cut
    /// @param batch texts in one request
    /// @param timeLimit for one request
    /// @param tokenStore how much of the bundled encoders' token vectors is kept; nothing for 0
    record Embedding(
            @DefaultValue("") String url,
            @DefaultValue List<String> models,
            @DefaultValue("") String key,
            @DefaultValue("") String questionPrefix,
            @DefaultValue("") String passagePrefix,
            @DefaultValue("8000") int maxChars,
            @DefaultValue("16") int batch,
            @DefaultValue("30s") Duration timeLimit,
            @DefaultValue("4GB") DataSize tokenStore) {

        EmbeddingServerSettings settings() {
            return new EmbeddingServerSettings(
                    url, models, key, questionPrefix, passagePrefix, maxChars, batch, timeLimit);
        }
    }
}
