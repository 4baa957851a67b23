package io.podlab.probe.schedule;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A list of states, each for its time: {@code ok:10s,fail}, {@code ok:20s,fail:10s,repeat}.
 *
 * <p>All times are nanoseconds since the schedule began. A state holds up to and including the last
 * nanosecond of its time, as agnhost's {@code liveness} is healthy at ten seconds sharp. Nothing
 * here keeps time: the state is computed from the time that is asked for, so that it cannot drift.
 */
public final class Schedule {
  public static final String ACCEPTED =
      "states (ok, fail, hang, drop) with durations, the last without one or repeat:"
          + " ok:10s,fail or ok:20s,fail:10s,repeat";

  static final int MOST_STEPS = 100;

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final int MOST_QUOTED = 40;
  private static final String REPEAT = "repeat";

  private record Step(State state, long nanos) {
    /** Of a state that lasts. */
    static final long FOREVER = Long.MAX_VALUE;

    boolean lasts() {
      return nanos == FOREVER;
    }

    @Override
    public String toString() {
      return lasts() ? state.word() : state.word() + ":" + written(Duration.ofNanos(nanos));
    }

    /** As Go does, but {@code 10m} and {@code 2h} without the zeros behind. */
    private static String written(Duration duration) {
      return GoDuration.format(duration).replaceFirst("(?<=[mh])0s$", "").replaceFirst("h0m$", "h");
    }
  }

  private final State[] states;

  /** Each step's last nanosecond in the first round. */
  private final long[] ends;

  private final boolean repeats;
  private final String text;

  private Schedule(List<Step> steps, boolean repeats) {
    this.states = steps.stream().map(Step::state).toArray(State[]::new);
    this.ends = new long[steps.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end = steps.get(i).lasts() ? Step.FOREVER : end + steps.get(i).nanos();
      ends[i] = end;
    }
    this.repeats = repeats;
    this.text =
        steps.stream().map(Step::toString).collect(Collectors.joining(","))
            + (repeats ? "," + REPEAT : "");
  }

  /**
   * Reads a schedule; blanks around its items mean nothing.
   *
   * @throws ScheduleSyntaxException saying where it makes no sense
   */
  public static Schedule parse(CharSequence text) {
    String all = text.toString();
    List<Step> steps = new ArrayList<>();
    long total = 0;
    int begin = 0;
    while (begin <= all.length()) {
      int comma = all.indexOf(',', begin);
      int end = comma < 0 ? all.length() : comma;
      String item = all.substring(begin, end).strip();
      int position = begin + indent(all.substring(begin, end)) + 1;
      if (!steps.isEmpty() && steps.get(steps.size() - 1).lasts()) {
        throw new ScheduleSyntaxException(
            position,
            "nothing can follow %s, which lasts; give it a duration, such as %s:10s"
                .formatted(steps.get(steps.size() - 1), steps.get(steps.size() - 1)));
      }
      if (item.equals(REPEAT) && !steps.isEmpty()) {
        if (comma >= 0) {
          throw new ScheduleSyntaxException(comma + 2, "nothing can follow repeat");
        }
        return new Schedule(steps, true);
      }
      if (steps.size() == MOST_STEPS) {
        throw new ScheduleSyntaxException(
            position, "a schedule has at most " + MOST_STEPS + " steps");
      }
      Step step = step(item, position);
      total += step.lasts() ? 0 : step.nanos();
      if (total < 0) {
        throw new ScheduleSyntaxException(position, "by here it lasts longer than 292 years");
      }
      steps.add(step);
      begin = end + 1;
    }
    if (!steps.get(steps.size() - 1).lasts()) {
      throw new ScheduleSyntaxException(
          all.length() + 1,
          "it ends, and what then? leave the last state's duration out, or end with repeat");
    }
    return new Schedule(steps, false);
  }

  private static int indent(String text) {
    return text.length() - text.stripLeading().length();
  }

  private static Step step(String item, int position) {
    int colon = item.indexOf(':');
    String word = colon < 0 ? item : item.substring(0, colon);
    State state =
        State.of(word)
            .orElseThrow(
                () ->
                    new ScheduleSyntaxException(
                        position,
                        word.equals(REPEAT)
                            ? "there is nothing to repeat"
                            : quoted(word) + " is no state; a state is " + State.words()));
    if (colon < 0) {
      return new Step(state, Step.FOREVER);
    }
    String duration = item.substring(colon + 1);
    Duration parsed;
    try {
      parsed = GoDuration.parse(duration);
    } catch (IllegalArgumentException noDuration) {
      throw new ScheduleSyntaxException(
          position + colon + 1,
          quoted(duration) + " is no duration; one is 500ms, 10s, 1m30s or 2h");
    }
    if (parsed.compareTo(SHORTEST) < 0) {
      throw new ScheduleSyntaxException(
          position + colon + 1, quoted(duration) + " is too short; a state holds for at least 1ms");
    }
    return new Step(state, parsed.toNanos());
  }

  private static String quoted(String text) {
    return "\"" + Printable.line(text, MOST_QUOTED) + "\"";
  }

  /** The state at a time. */
  public State at(long nanos) {
    return states[step(within(nanos))];
  }

  /** Since when the state of that time has held. */
  public long since(long nanos) {
    long round = nanos - within(nanos);
    int current = step(within(nanos));
    int step = current;
    for (int walked = 0; walked < states.length; walked++) {
      if (step == 0 && round == 0) {
        return 0;
      }
      int before = step == 0 ? states.length - 1 : step - 1;
      if (states[before] != states[current]) {
        return round + (step == 0 ? 0 : ends[before]);
      }
      round -= step == 0 ? period() : 0;
      step = before;
    }
    return 0;
  }

  /** The last nanosecond of the state of that time; empty if it lasts. */
  public OptionalLong until(long nanos) {
    long round = nanos - within(nanos);
    int current = step(within(nanos));
    int step = current;
    for (int walked = 0; walked < states.length; walked++) {
      if (ends[step] == Step.FOREVER) {
        return OptionalLong.empty();
      }
      long end = round + ends[step];
      int next = (step + 1) % states.length;
      if (states[next] != states[current]) {
        return end < 0 ? OptionalLong.empty() : OptionalLong.of(end);
      }
      round += next == 0 ? period() : 0;
      step = next;
    }
    return OptionalLong.empty();
  }

  private long period() {
    return ends[ends.length - 1];
  }

  /** The same time in the first round. */
  private long within(long nanos) {
    return repeats && nanos > period() ? (nanos - 1) % period() + 1 : nanos;
  }

  private int step(long nanosOfFirstRound) {
    int step = 0;
    while (nanosOfFirstRound > ends[step]) {
      step++;
    }
    return step;
  }

  /** In its shortest form, which {@link #parse} takes. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule schedule && schedule.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
