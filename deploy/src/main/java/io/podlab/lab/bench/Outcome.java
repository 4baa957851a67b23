package io.podlab.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured of one entry.
 *
 * @param peer its command line, absent if there was none
 */
record Outcome(
    String entry, String path, Optional<String> peer, List<Sample> ours, List<Sample> peers) {
  public Outcome {
    ours = List.copyOf(ours);
    peers = List.copyOf(peers);
  }

  Sample oursMedian() {
    return Sample.median(ours);
  }

  Optional<Sample> peersMedian() {
    return peers.isEmpty() ? Optional.empty() : Optional.of(Sample.median(peers));
  }

  /** Ours over the peer's, of the medians. */
  Optional<Sample> ratio() {
    return peersMedian().map(oursMedian()::dividedBy);
  }

  /** As it is written to {@code --json}; without a peer nothing is said of one. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("entry", entry);
    json.put("path", path);
    json.put("ours", ours);
    json.put("oursMedian", oursMedian());
    peer.ifPresent(commandLine -> json.put("peer", commandLine));
    peersMedian()
        .ifPresent(
            median -> {
              json.put("peers", peers);
              json.put("peersMedian", median);
            });
    ratio().ifPresent(ratio -> json.put("ratio", ratio));
    return json;
  }

  List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            entry.toUpperCase(Locale.ROOT),
            "START ms",
            "IDLE MiB",
            "REQUESTS/s",
            "P99 ms",
            "LOADED MiB"));
    rows.add(row("ours", oursMedian(), 0));
    peersMedian().ifPresent(sample -> rows.add(row(peer.orElse("peer"), sample, 0)));
    ratio().ifPresent(sample -> rows.add(row("ours/peer", sample, 2)));
    return rows;
  }

  private static List<String> row(String title, Sample sample, int decimals) {
    return List.of(
        title,
        number(sample.startMillis(), decimals),
        number(sample.idleMiB(), decimals),
        number(sample.requestsPerSecond(), decimals),
        number(sample.p99Millis(), 2),
        number(sample.loadedMiB(), decimals));
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
