package io.zhiwen.ask.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Who is served at a model server. Who holds fewer places is served first, and who came first
/// among equals; nobody takes all places, so that the next one need not wait for a whole answer.
final class Turns {

    /// @param asker whose share counts; empty for one that shares with nobody
    /// @param served whether it has a place already
    record Standing(UUID id, String asker, boolean served) {

        Object sharer() {
            return asker.isEmpty() ? id : asker;
        }
    }

    /// @param share how many places its asker will hold with it
    private record Turn(UUID id, int share) {}

    private Turns() {}

    /// The place in line of each, 0 for whoever has a place at the server or gets one now.
    ///
    /// @param arrived in the order they came
    /// @param count how many are served at once
    static Map<UUID, Integer> places(List<Standing> arrived, int count) {
        Map<Object, Integer> shares = new HashMap<>();
        Map<UUID, Integer> places = new HashMap<>();
        for (Standing one : arrived) {
            if (one.served()) {
                shares.merge(one.sharer(), 1, Integer::sum);
                places.put(one.id(), 0);
            }
        }
        List<Turn> line = new ArrayList<>();
        for (Standing one : arrived) {
            if (!one.served()) {
                line.add(new Turn(one.id(), shares.merge(one.sharer(), 1, Integer::sum)));
            }
        }
        line.sort(Comparator.comparingInt(Turn::share));
        int free = count - places.size();
        int most = Math.max(1, count - 1);
        int place = 0;
        for (Turn turn : line) {
            if (place == 0 && free > 0 && turn.share() <= most) {
                free--;
                places.put(turn.id(), 0);
            } else {
                places.put(turn.id(), ++place);
            }
        }
        return places;
    }
}
