package io.podlab.demo.load;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts answers by pod and failures by reason. The number of pods and reasons is limited; further
 * ones are counted together.
 */
final class LoadStatistics {
  static final int MOST_PODS = 100;
  static final int MOST_REASONS = 20;

  private static final String NAMELESS = "an unknown pod";
  private static final String OTHER_PODS = "other pods";
  private static final String OTHER_REASONS = "other reasons";
  private static final String OTHER_ERRORS = "other pods answered 400 or more";
  private static final int LOWEST_FAILURE = 400;
  private static final double MILLISECONDS = 1000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final Map<String, Group> pods = new LinkedHashMap<>();
  private final Map<String, Group> failures = new LinkedHashMap<>();
  private final Map<String, Group> errors = new LinkedHashMap<>();
  private final Map<String, Group> notSent = new LinkedHashMap<>();
  private final Map<String, Group> closes = new LinkedHashMap<>();
  private long answered;
  private long failed;

  private static final class Group {
    private long count;
    private final Instant first;
    private Instant last;

    Group(Instant first) {
      this.first = first;
    }

    private void add(Instant at) {
      count++;
      last = at;
    }

    private String times() {
      return count == 1
          ? ", at " + time(first)
          : ", the first at %s, the last at %s".formatted(time(first), time(last));
    }
  }

  /** {@code 10:00:00.123}, in UTC. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /**
   * @return a line to print if this is the first of its kind
   */
  Optional<String> add(Answer answer, Instant at) {
    if (answer.status() >= LOWEST_FAILURE) {
      String words = "answered " + answer.status();
      String error = answer.pod().map(pod -> pod + " " + words).orElse(words);
      return failed(errors, error, MOST_PODS, OTHER_ERRORS, at);
    }
    answered++;
    String pod = answer.pod().orElse(NAMELESS);
    return isFirst(pods, pod, MOST_PODS, OTHER_PODS, at)
        ? Optional.of("%s %s answers for the first time".formatted(time(at), pod))
        : Optional.empty();
  }

  /**
   * The server announces that it closes a kept connection.
   *
   * @return a line to print if this is the first of the pod
   */
  Optional<String> closing(Answer answer, Instant at) {
    String pod = answer.pod().orElse(NAMELESS);
    return isFirst(closes, pod, MOST_PODS, OTHER_PODS, at)
        ? Optional.of("%s %s sends Connection: close".formatted(time(at), pod))
        : Optional.empty();
  }

  /**
   * @return a line to print if this is the first of its kind
   */
  Optional<String> failed(String why, Instant at) {
    return failed(failures, why, MOST_REASONS, OTHER_REASONS, at);
  }

  private Optional<String> failed(
      Map<String, Group> groups, String why, int most, String others, Instant at) {
    failed++;
    return isFirst(groups, why, most, others, at)
        ? Optional.of("%s the first failure of its kind: %s".formatted(time(at), why))
        : Optional.empty();
  }

  /**
   * Counts a request that was not sent.
   *
   * @return a line to print if this is the first of its kind
   */
  Optional<String> notSent(String why, Instant at) {
    return isFirst(notSent, why, MOST_REASONS, OTHER_REASONS, at)
        ? Optional.of("%s the first request that was not sent: %s".formatted(time(at), why))
        : Optional.empty();
  }

  /** Whether all requests were sent and answered with a status below 400. */
  boolean isPerfect() {
    return answered > 0 && failed == 0 && notSent.isEmpty();
  }

  /**
   * @param time duration of the run
   * @param opened number of connections opened, if connections were kept
   */
  List<String> summary(LoadPlan plan, Duration time, Optional<Long> opened) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d %s in %.1f s to %s%s: %d answered, %d failed"
            .formatted(
                answered + failed,
                answered + failed == 1 ? "request" : "requests",
                time.toMillis() / MILLISECONDS,
                plan.target().url(),
                opened.map(" over %d connections"::formatted).orElse(""),
                answered,
                failed));
    pods.forEach(
        (pod, group) -> lines.add("  %d by %s%s".formatted(group.count, pod, group.times())));
    lines.addAll(lines("failed", failures));
    lines.addAll(lines("failed", errors));
    lines.addAll(lines("not sent", notSent));
    return lines;
  }

  private static List<String> lines(String result, Map<String, Group> groups) {
    return groups.entrySet().stream()
        .map(
            group ->
                "  %d %s: %s%s"
                    .formatted(
                        group.getValue().count, result, group.getKey(), group.getValue().times()))
        .toList();
  }

  private static boolean isFirst(
      Map<String, Group> groups, String name, int most, String others, Instant at) {
    String group = groups.containsKey(name) || groups.size() < most ? name : others;
    boolean first = !groups.containsKey(group);
    groups.computeIfAbsent(group, unknown -> new Group(at)).add(at);
    return first && !group.equals(others);
  }
}
