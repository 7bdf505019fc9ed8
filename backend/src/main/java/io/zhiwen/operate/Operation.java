package io.zhiwen.operate;

import io.zhiwen.ask.stream.ModelWriter;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.Trial;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.node.Node;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/// How the installation is and whether its model works; for admins and full keys, which the doors
/// make sure of. Safe for concurrent use; bounded, whatever does not answer.
@Component
public class Operation {

    /// What a node must have to serve, in the order in which they depend on each other.
    public static final List<String> PARTS = List.of("server", "database", "encoders", "index");

    private static final Duration TRIAL = Duration.ofSeconds(20);

    private final Database database;
    private final Index index;
    private final Facts facts;
    private final Place place;
    private final Encoders encoders;
    private final Models models;
    private final ModelLines lines;
    private final LastExchange last;
    private final ApplicationAvailability availability;
    private final Overview.Self self;

    Operation(
            Database database,
            Index index,
            Facts facts,
            Place place,
            Encoders encoders,
            Models models,
            ModelLines lines,
            LastExchange last,
            ApplicationAvailability availability,
            Node node) {
        this.database = database;
        this.index = index;
        this.facts = facts;
        this.place = place;
        this.encoders = encoders;
        this.models = models;
        this.lines = lines;
        this.last = last;
        this.availability = availability;
        this.self = new Overview.Self(node.name(), version(), started());
    }

    public Overview overview() {
        return new Overview(
                Instant.now(),
                self,
                PARTS.stream().map(part -> new Overview.Part(part, isWell(part))).toList(),
                facts.queue(),
                models.configured().map(this::model).orElse(null),
                lines.all(),
                encoders.all().stream().map(Encoder::space).toList(),
                disk(),
                index(),
                facts.answers(),
                facts.nodes());
    }

    /// @param part one of `PARTS`
    public boolean isWell(String part) {
        return switch (part) {
            case "server" -> availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
            case "database" -> database.answers();
            case "encoders" -> !encoders.all().isEmpty();
            case "index" -> index.serves() && index.isFollowed();
            default -> throw new IllegalArgumentException("no part is called " + part);
        };
    }

    public Overview.Disk disk() {
        var storage = facts.storage();
        return new Overview.Disk(
                place.free(),
                place.total(),
                storage == null ? null : storage.database(),
                storage == null ? null : storage.blobs(),
                index.bytes());
    }

    public Overview.IndexState index() {
        var lag = facts.lag();
        return new Overview.IndexState(
                index.position(),
                index.passages(),
                index.isRebuilding(),
                lag == null ? null : lag.changes(),
                lag == null ? null : Duration.ofMillis(Math.round(lag.seconds() * 1000)));
    }

    /// Has the model say hello; empty when none is configured.
    public Optional<Trial> tryModel() {
        return models.configured().map(writer -> writer.trial(TRIAL));
    }

    private Overview.Model model(ModelWriter writer) {
        return new Overview.Model(writer.state(), last.firstToken());
    }

    private static String version() {
        var version = Operation.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    private static Instant started() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
