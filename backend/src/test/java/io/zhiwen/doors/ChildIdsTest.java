package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.doors.RightsMatrix.Row;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Made from the matrix: for each route with an id inside another.
class ChildIdsTest extends RightsHouse {

    /// Names of what is found only under the `{id}` before it.
    private static final List<String> CHILDREN =
            List.of("{source}", "{run}", "{passage}", "{edit}", "{question}", "{document}");

    @TestFactory
    @DisplayName("T8: a child id of something else is not there")
    Stream<DynamicTest> aChildIsFoundUnderItsOwnParentOnly() throws Exception {
        awaitReady(documentA);
        awaitReady(documentB);
        return RightsMatrix.rows().stream()
                .filter(row -> row.pattern().contains("{id}"))
                .flatMap(
                        row ->
                                CHILDREN.stream()
                                        .filter(child -> row.pattern().contains(child))
                                        .map(
                                                child ->
                                                        DynamicTest.dynamicTest(
                                                                row.route()
                                                                        + " with another "
                                                                        + child,
                                                                () -> stray(row, child))));
    }

    private void stray(Row row, String child) throws Exception {
        boolean service = row.pattern().startsWith("/api/");
        var who = service ? service(fullKey) : signedIn("root");
        var owner = service ? key("full") : root.id();
        var own = target(true, owner);
        var other = target(false, owner);
        var path =
                own.fill(row.pattern(), row.pattern().replace(child, "\0"))
                        .replace("\0", other.fill(row.pattern(), child));
        long before = lastLine();
        var reply = row.knock(who, own, path + row.query());
        assertThat(reply.told())
                .isIn(
                        row.pattern().startsWith("/library/documents/")
                                ? List.of("302", "404")
                                : List.of("404"));
        assertThat(reply.body()).doesNotContain(CANARY);
        assertThat(wrote(service ? "full" : "admin", before)).as("changed something").isFalse();
    }
}
