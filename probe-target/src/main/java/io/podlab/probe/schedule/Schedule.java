package io.podlab.probe.schedule;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A list of states with durations, such as {@code ok:10s,fail} or {@code ok:20s,fail:10s,repeat}.
 *
 * <p>All times are nanoseconds since the schedule started. The last nanosecond of a duration
 * belongs to its state, because agnhost's {@code liveness} is still healthy at exactly ten seconds.
 * The state is a pure function of the time, so it cannot drift.
 */
public final class Schedule {
  static final int MOST_STEPS = 100;

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final int MOST_QUOTED = 40;
  private static final String REPEAT = "repeat";

  private record Step(State state, long nanos) {
    /** The duration of a state without an end. */
    static final long FOREVER = Long.MAX_VALUE;

    boolean isEndless() {
      return nanos == FOREVER;
    }

    @Override
    public String toString() {
      return isEndless() ? state.label() : state.label() + ":" + format(Duration.ofNanos(nanos));
    }

    /** As Go does, but {@code 10m} and {@code 2h} instead of {@code 10m0s} and {@code 2h0m0s}. */
    private static String format(Duration duration) {
      return GoDuration.format(duration).replaceFirst("(?<=[mh])0s$", "").replaceFirst("h0m$", "h");
    }
  }

  /** Adjacent states differ. */
  private final State[] states;

  /** The last nanosecond of each state in the first round. */
  private final long[] ends;

  private final boolean repeats;
  private final String text;

  private Schedule(List<Step> steps, boolean repeats) {
    List<State> merged = new ArrayList<>();
    List<Long> until = new ArrayList<>();
    long end = 0;
    for (Step step : steps) {
      end = step.isEndless() ? Step.FOREVER : end + step.nanos();
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last) == step.state()) {
        until.set(last, end);
      } else {
        merged.add(step.state());
        until.add(end);
      }
    }
    this.states = merged.toArray(State[]::new);
    this.ends = until.stream().mapToLong(Long::longValue).toArray();
    this.repeats = repeats;
    this.text =
        steps.stream().map(Step::toString).collect(Collectors.joining(","))
            + (repeats ? "," + REPEAT : "");
  }

  /**
   * Parses a schedule. Ignores spaces around its items.
   *
   * @throws InvalidScheduleException with the position of the error
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
      if (!steps.isEmpty() && steps.get(steps.size() - 1).isEndless()) {
        throw invalid(
            "%s at character %d follows %s, which has no duration"
                .formatted(quoted(item), position, steps.get(steps.size() - 1)),
            "a duration, such as %s:10s".formatted(steps.get(steps.size() - 1)));
      }
      if (item.equals(REPEAT) && !steps.isEmpty()) {
        if (comma >= 0) {
          throw invalid(
              "text follows repeat, at character " + (comma + 2), "repeat only at the end");
        }
        return new Schedule(steps, true);
      }
      if (steps.size() == MOST_STEPS) {
        throw invalid(
            "there are too many steps, from character " + position, "at most " + MOST_STEPS);
      }
      Step step = step(item, position);
      total += step.isEndless() ? 0 : step.nanos();
      if (total < 0) {
        throw invalid(
            "the sum of the durations is too large at character " + position,
            "at most 292 years in total");
      }
      steps.add(step);
      begin = end + 1;
    }
    if (!steps.get(steps.size() - 1).isEndless()) {
      throw invalid(
          "the last state, before character %d, has a duration".formatted(all.length() + 1),
          "no duration for the last state, or add repeat at the end");
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
                    invalid(
                        at(position, word) + " is not a state",
                        State.labels()
                            + (word.equals(REPEAT) ? ", and repeat only at the end" : "")));
    if (colon < 0) {
      return new Step(state, Step.FOREVER);
    }
    String duration = item.substring(colon + 1);
    Duration parsed;
    try {
      parsed = GoDuration.parse(duration);
    } catch (IllegalArgumentException notADuration) {
      throw invalid(
          at(position + colon + 1, duration) + " is not a duration",
          "Go syntax such as 500ms, 10s or 1m30s");
    }
    if (parsed.compareTo(SHORTEST) < 0) {
      throw invalid(at(position + colon + 1, duration) + " is too short", "at least 1ms");
    }
    return new Step(state, parsed.toNanos());
  }

  private static InvalidScheduleException invalid(String detail, String accepted) {
    return new InvalidScheduleException(detail, accepted);
  }

  /**
   * @param position of the first character of the text, from 1
   */
  private static String at(int position, String text) {
    return quoted(text) + " at character " + position;
  }

  private static String quoted(String text) {
    return "'" + Printable.line(text, MOST_QUOTED) + "'";
  }

  public State at(long nanos) {
    return states[step(within(nanos))];
  }

  /** The start of the state at a time. */
  public long since(long nanos) {
    long round = nanos - within(nanos);
    int step = step(within(nanos));
    if (step > 0) {
      return round + ends[step - 1];
    }
    if (states.length == 1 || round == 0) {
      return 0;
    }
    return startsWithItsLastState() ? round - period() + ends[ends.length - 2] : round;
  }

  /** The last nanosecond of the state at a time; empty if the state has no end. */
  public OptionalLong until(long nanos) {
    long round = nanos - within(nanos);
    int step = step(within(nanos));
    if (states.length == 1 || ends[step] == Step.FOREVER) {
      return OptionalLong.empty();
    }
    boolean continues = step == ends.length - 1 && startsWithItsLastState();
    long end = round + ends[step] + (continues ? ends[0] : 0);
    return end < 0 ? OptionalLong.empty() : OptionalLong.of(end);
  }

  private boolean startsWithItsLastState() {
    return states[0] == states[states.length - 1];
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

  /** The shortest form that {@link #parse} accepts. */
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
