package io.podlab.probe.lifecycle;

import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Timeline;
import io.podlab.probe.schedule.State;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The message that {@code kubectl describe pod} shows: {@code liveness failed from 10.0s; 5 probes
 * ok, 3 failed; SIGTERM after 21.4s}.
 */
final class TerminationMessage {
  private static final double NANOS_OF_SECOND = 1e9;

  private TerminationMessage() {}

  /**
   * @param end the name of the signal, or {@code ended} without one
   * @param nanos the uptime at the signal
   */
  static String of(Collection<Probe> probes, String end, long nanos) {
    String summary =
        probes.stream()
            .filter(probe -> probe.type() == ProbeType.LIVENESS || isRelevant(probe))
            .map(TerminationMessage::of)
            .collect(Collectors.joining("; "));
    return summary + "; " + end + " after " + seconds(nanos);
  }

  private static boolean isRelevant(Probe probe) {
    return probe.history().count() > 0 || probe.timeline().state() != State.OK;
  }

  private static String of(Probe probe) {
    Timeline.Snapshot moment = probe.timeline().now();
    long ok = probe.count(State.OK);
    long all = Arrays.stream(State.values()).mapToLong(probe::count).sum();
    return probe.type()
        + switch (moment.state()) {
          case OK -> " ok";
          case FAIL -> " failed from " + seconds(moment.since());
          case HANG -> " hung from " + seconds(moment.since());
          case DROP -> " dropped from " + seconds(moment.since());
        }
        + "; "
        + (all == 0 ? "no probe seen" : seen(ok, all - ok))
        + (probe.hasTcpProbes() ? ", refused connections not seen" : "");
  }

  private static String seen(long ok, long failed) {
    return ok + (ok == 1 ? " probe ok, " : " probes ok, ") + failed + " failed";
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1fs", nanos / NANOS_OF_SECOND);
  }
}
