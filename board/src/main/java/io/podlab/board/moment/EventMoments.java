package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.podlab.kit.duration.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The moments of Events. An Event that only repeats the status of an object has no moment. */
public final class EventMoments {
  /**
   * From this count on, the count is a lower bound. A client sends 25 Events about an object, then
   * one every five minutes (client-go, {@code EventSourceObjectSpamFilter}). Each container needs
   * three of them to start, so a pod with two containers reports a probe that fails every second
   * only 19 times.
   */
  private static final int AT_LEAST_FROM = 10;

  /** Reasons that the status of the pod reports at the same time. */
  private static final Set<String> REPORTED_BY_POD =
      Set.of("Failed", "BackOff", "InspectFailed", "ErrImageNeverPull", "Evicted", "Preempting");

  /** Reasons that the conditions of the Job report. */
  private static final Set<String> REPORTED_BY_JOB =
      Set.of("BackoffLimitExceeded", "DeadlineExceeded");

  private static final Pattern COMBINED = Pattern.compile("^\\(combined from similar events\\): ");
  private static final Pattern CONTAINER = Pattern.compile("\\{([^}]+)}$");
  private static final Pattern PULLED =
      Pattern.compile("^Successfully pulled image \"(.*?)\" in (\\S+)");
  private static final Pattern PRESENT =
      Pattern.compile("^Container image \"(.*?)\" already present");
  private static final Pattern PROBE =
      Pattern.compile("^(Liveness|Readiness|Startup) probe (failed|errored)(.*)", Pattern.DOTALL);
  private static final Pattern HOOK = Pattern.compile("^.*? failed - error: ", Pattern.DOTALL);
  private static final Pattern KILLED = Pattern.compile("failed (liveness|startup) probe");

  private final Event event;
  private final int count;
  private final Optional<Instant> time;
  private final String message;
  private final Optional<String> container;

  private EventMoments(Event event, int count, Optional<Instant> time) {
    this.event = event;
    this.count = count;
    this.time = time;
    message = COMBINED.matcher(MomentText.orEmpty(event.getMessage())).replaceFirst("");
    Matcher field = CONTAINER.matcher(MomentText.orEmpty(event.getInvolvedObject().getFieldPath()));
    container = field.find() ? Optional.of(field.group(1)) : Optional.empty();
  }

  /**
   * @param before the previous state of the Event; empty for a new Event
   * @return empty if the Event reports no change; the lane is {@code involvedObject.uid}, see
   *     {@link PodMoments#eventUid}
   */
  public static List<Observed> between(Optional<Event> before, Event after) {
    if (before.filter(event -> !isRepeated(event, after)).isPresent()) {
      return List.of();
    }
    return new EventMoments(after, count(after), last(after)).moment().stream().toList();
  }

  /**
   * The moments of an Event that existed before the board started: its first and last occurrence,
   * both approximate.
   */
  public static List<Observed> rebuilt(Event event) {
    Optional<Observed> first = new EventMoments(event, 1, first(event)).moment();
    Optional<Observed> last = new EventMoments(event, count(event), last(event)).moment();
    return Stream.of(first, count(event) > 1 ? last : Optional.<Observed>empty())
        .flatMap(Optional::stream)
        .map(Observed::asApproximate)
        .toList();
  }

  private Optional<Observed> moment() {
    ObjectReference object = event.getInvolvedObject();
    if (object.getUid() == null) {
      return Optional.empty();
    }
    return switch (MomentText.orEmpty(object.getKind())) {
      case "Pod" -> ofPod();
      case "Job" -> REPORTED_BY_JOB.contains(reason()) ? Optional.empty() : warning();
      default -> warning();
    };
  }

  private Optional<Observed> ofPod() {
    if (REPORTED_BY_POD.contains(reason())) {
      return Optional.empty();
    }
    return switch (reason()) {
      case "Pulled" -> Optional.of(moment(Kind.IMAGE_PULLED, pulled()));
      case "Created" -> Optional.of(moment(Kind.CONTAINER_CREATED, title() + " created"));
      case "Unhealthy" -> Optional.of(probeFailed());
      case "Killing" -> killed();
      case "FailedPostStartHook" -> Optional.of(hookFailed("postStart"));
      case "FailedPreStopHook" -> Optional.of(hookFailed("preStop"));
      case "Preempted" ->
          Optional.of(
              moment(Kind.PREEMPTED, MomentText.join("preempted", withoutPrefix("Preempted"))));
      case "TaintManagerEviction" ->
          message.startsWith("Marking for deletion")
              ? Optional.of(moment(Kind.EVICTED, "evicted: its node has a taint"))
              : Optional.empty();
      default -> warning();
    };
  }

  private String pulled() {
    Matcher pulled = PULLED.matcher(message);
    if (pulled.find()) {
      return "image %s pulled in %s".formatted(pulled.group(1), rounded(pulled.group(2)));
    }
    Matcher present = PRESENT.matcher(message);
    return present.find() ? "image %s already present".formatted(present.group(1)) : message;
  }

  private static String rounded(String duration) {
    try {
      Duration parsed = GoDuration.parse(duration);
      return GoDuration.format(
          parsed.toMillis() == 0 ? parsed : parsed.truncatedTo(ChronoUnit.MILLIS));
    } catch (IllegalArgumentException notADuration) {
      return duration;
    }
  }

  private Observed probeFailed() {
    Matcher probe = PROBE.matcher(message);
    return moment(
            Kind.PROBE_FAILED,
            probe.find()
                ? "%s probe of %s %s%s%s"
                    .formatted(
                        probe.group(1).toLowerCase(Locale.ROOT),
                        title(),
                        probe.group(2),
                        times(),
                        probe.group(3))
                : "probe of " + title() + " failed" + times() + ": " + message)
        .counted(count);
  }

  /** Only a failed probe: the pod or another Event reports any other reason to kill a container. */
  private Optional<Observed> killed() {
    Matcher killed = KILLED.matcher(message);
    return killed.find()
        ? Optional.of(
            moment(
                    Kind.KILLED_BY_LIVENESS,
                    "the kubelet kills %s%s: its %s probe reached failureThreshold"
                        .formatted(title(), times(), killed.group(1)))
                .counted(count))
        : Optional.empty();
  }

  private Observed hookFailed(String hook) {
    return moment(
            Kind.HOOK_FAILED,
            MomentText.join(
                "%s hook of %s failed%s".formatted(hook, title(), times()),
                HOOK.matcher(message).replaceFirst("")))
        .counted(count);
  }

  private Optional<Observed> warning() {
    return "Warning".equals(event.getType())
        ? Optional.of(
            moment(Kind.WARNING, MomentText.join(reason() + times(), message)).counted(count))
        : Optional.empty();
  }

  private Observed moment(Kind kind, String text) {
    Observed moment =
        Observed.of(
            event.getInvolvedObject().getUid(), kind, Source.EVENTS, time, MomentText.of(text));
    return container.map(moment::ofContainer).orElse(moment);
  }

  private String title() {
    boolean init =
        MomentText.orEmpty(event.getInvolvedObject().getFieldPath())
            .startsWith("spec.initContainers");
    return container
        .map(name -> (init ? "init container " : "container ") + name)
        .orElse("the pod");
  }

  private String times() {
    if (count < 2) {
      return "";
    }
    return " (%s%d times)".formatted(count >= AT_LEAST_FROM ? "at least " : "", count);
  }

  private String reason() {
    return MomentText.orEmpty(event.getReason());
  }

  private String withoutPrefix(String prefix) {
    return message.startsWith(prefix) ? message.substring(prefix.length()).strip() : message;
  }

  private static boolean isRepeated(Event before, Event after) {
    return count(after) > count(before)
        || last(after).isPresent() && !last(after).equals(last(before));
  }

  /** A series has at least two occurrences; Kubernetes before 1.26 starts its count at one. */
  private static int count(Event event) {
    if (event.getSeries() != null) {
      Integer count = event.getSeries().getCount();
      return Math.max(2, count == null ? 0 : count);
    }
    return event.getCount() == null ? 1 : Math.max(1, event.getCount());
  }

  private static Optional<Instant> first(Event event) {
    return ApiTime.parse(event.getFirstTimestamp()).or(() -> created(event));
  }

  private static Optional<Instant> last(Event event) {
    return Optional.ofNullable(event.getSeries())
        .flatMap(series -> micro(series.getLastObservedTime()))
        .or(() -> ApiTime.parse(event.getLastTimestamp()))
        .or(() -> created(event));
  }

  private static Optional<Instant> created(Event event) {
    return micro(event.getEventTime())
        .or(() -> ApiTime.parse(event.getMetadata().getCreationTimestamp()));
  }

  private static Optional<Instant> micro(MicroTime time) {
    return Optional.ofNullable(time).flatMap(set -> ApiTime.parse(set.getTime()));
  }
}
