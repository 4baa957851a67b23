package io.podlab.board.picture;

import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Moment;
import io.podlab.board.timeline.Recording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws the last part of a recording as a standalone SVG file: no script, no external font, and no
 * CSS variables, which only browsers support. It arranges lanes as the page does. With more than
 * {@value #MOST_LANES} pods, all pods of an owner share one lane.
 */
final class Picture {
  static final int MOST_LANES = 12;
  private static final double WIDTH = 1280;
  private static final double LABELS = 270;
  private static final double RIGHT = 14;
  private static final double TOP = 66;
  private static final double PLOT = WIDTH - LABELS - RIGHT;
  private static final double CHARACTER = 8.9;
  private static final double MARK_PIXELS = 11;

  /** Marks are above the bars, so that they do not cover the text. */
  private static final double MARK_Y = 8;

  private static final double BAR_Y = 14;
  private static final double BAR_HEIGHT = 19;

  private static final int LONGEST_NAME = 28;
  private static final int LONGEST_NAMES = 60;
  private static final String NO_OWNER = "Pods without an owner";

  /** By namespace, then owner; pods without an owner come last. */
  private static final Comparator<String> GROUPS =
      Comparator.comparing((String key) -> key.substring(0, key.indexOf('\n')))
          .thenComparing(key -> key.endsWith("\n" + NO_OWNER))
          .thenComparing(Comparator.naturalOrder());

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Drawing drawing = Drawing.SHARED;
  private final Recording recording;
  private final Instant begin;
  private final Instant end;
  private final Optional<String> namespace;
  private final Predicate<Map<String, String>> labels;
  private final Map<String, List<Moment>> moments;
  private final Map<String, List<Span<Boolean>>> outages = new LinkedHashMap<>();
  private final Set<String> symbolsUsed = new TreeSet<>();
  private final Svg svg = new Svg();
  private double y = TOP;

  private Picture(
      Recording recording,
      Duration last,
      Optional<String> namespace,
      Predicate<Map<String, String>> labels) {
    this.recording = recording;
    this.end = recording.to();
    this.begin = end.minus(last);
    this.namespace = namespace;
    this.labels = labels;
    this.moments = recording.moments().stream().collect(Collectors.groupingBy(Moment::lane));
  }

  /**
   * @param last the duration to draw, up to the end of the recording
   */
  static String draw(
      Recording recording,
      Duration last,
      Optional<String> namespace,
      Predicate<Map<String, String>> labels) {
    return new Picture(recording, last, namespace, labels).draw();
  }

  private record Bar(
      Instant from, Instant to, String pattern, boolean approximate, List<String> texts) {}

  private String draw() {
    List<Lane> seen =
        recording.lanes().stream()
            .filter(lane -> namespace.map(lane.namespace()::equals).orElse(true))
            .toList();
    seen.stream()
        .filter(lane -> lane.kind().equals("Board"))
        .forEach(lane -> outages.put(lane.namespace(), Span.outages(of(lane))));
    List<Lane> pods =
        seen.stream()
            .filter(this::isPod)
            .filter(lane -> labels.test(lane.labels()))
            .filter(this::isNear)
            .toList();
    boolean several = seen.stream().map(Lane::namespace).distinct().count() > 1;
    services(seen, pods, several);
    Map<String, List<Lane>> groups = new TreeMap<>(GROUPS);
    pods.stream()
        .sorted(Comparator.comparing(this::firstTime).thenComparing(Lane::name))
        .forEach(
            pod ->
                groups
                    .computeIfAbsent(pod.namespace() + "\n" + owner(pod), key -> new ArrayList<>())
                    .add(pod));
    Map<String, Lane> workloads = new LinkedHashMap<>();
    for (Lane lane : seen) {
      String key = lane.namespace() + "\n" + lane.kind() + "/" + lane.name();
      boolean hasMoments = of(lane).stream().anyMatch(this::isInTime);
      if (isWorkload(lane)
          && (groups.containsKey(key) || hasMoments && labels.test(lane.labels()))) {
        workloads.put(key, lane);
        groups.computeIfAbsent(key, none -> List.of());
      }
    }
    groups.forEach(
        (key, members) ->
            group(
                key,
                members,
                Optional.ofNullable(workloads.get(key)),
                pods.size() > MOST_LANES,
                several));
    if (y == TOP) {
      svg.open("text", "class", "quiet", "x", LABELS, "y", y + 24)
          .text("No pods in this time range.")
          .close("text");
      y += 40;
    }
    return document(pods.size());
  }

  private void services(List<Lane> seen, List<Lane> pods, boolean several) {
    Set<String> names = new HashSet<>();
    pods.forEach(pod -> names.add(pod.namespace() + "/" + pod.name()));
    seen.stream()
        .filter(lane -> lane.kind().equals("Service"))
        .sorted(Comparator.comparing(Lane::namespace).thenComparing(Lane::name))
        .forEach(
            service -> {
              List<Span<Set<String>>> spans = Span.endpoints(service.endpoints(), of(service));
              boolean serves =
                  spans.stream()
                      .flatMap(span -> span.value().stream())
                      .anyMatch(name -> names.contains(service.namespace() + "/" + name));
              if (serves || labels.test(service.labels())) {
                row(
                    "ground",
                    "name",
                    22,
                    prefix(service, several) + "Service " + service.name(),
                    34);
                spans.forEach(
                    span ->
                        bar(
                            new Bar(
                                span.from(),
                                span.to(),
                                span.value().isEmpty() ? "failed" : "ready",
                                span.approximate(),
                                texts(span.value())),
                            "served",
                            BAR_Y,
                            BAR_HEIGHT));
                finish(service.namespace(), of(service).stream(), MARK_Y, 34);
              }
            });
  }

  private static List<String> texts(Set<String> endpoints) {
    if (endpoints.isEmpty()) {
      return List.of("No endpoints", "0");
    }
    String number = Integer.toString(endpoints.size());
    return Stream.of(
            number + ": " + String.join(", ", endpoints),
            number
                + ": "
                + endpoints.stream()
                    .map(name -> name.substring(name.lastIndexOf('-') + 1))
                    .collect(Collectors.joining(", ")),
            number)
        .filter(text -> text.length() <= LONGEST_NAMES)
        .toList();
  }

  private void group(
      String key, List<Lane> pods, Optional<Lane> workload, boolean collapsed, boolean several) {
    String space = key.substring(0, key.indexOf('\n'));
    String label =
        (several ? space + " · " : "") + key.substring(key.indexOf('\n') + 1).replace('/', ' ');
    Stream<Moment> own = workload.stream().flatMap(lane -> of(lane).stream());
    if (collapsed) {
      row("band", "label", 10, "▸ " + label, 34);
      readiness(pods).forEach(each -> bar(each, "state", BAR_Y, BAR_HEIGHT));
      finish(space, Stream.concat(own, pods.stream().flatMap(pod -> of(pod).stream())), MARK_Y, 34);
      return;
    }
    row("band", "label", 10, "▾ " + label, 30);
    finish(space, own, 15, 30);
    pods.forEach(this::pod);
  }

  private void pod(Lane pod) {
    row("ground", "name", 22, pod.name(), 34);
    for (Span<PodState> span : Span.states(pod.state(), of(pod))) {
      if (span.value() != PodState.GONE) {
        Drawing.State state = drawing.of(span.value());
        bar(
            new Bar(
                span.from(),
                span.to(),
                Drawing.name(span.value()),
                span.approximate(),
                List.of(state.text(), state.letter())),
            "state",
            BAR_Y,
            BAR_HEIGHT);
      }
    }
    finish(
        pod.namespace(),
        of(pod).stream().filter(moment -> moment.source() != Source.PROGRAM),
        MARK_Y,
        34);
    if (of(pod).stream().anyMatch(moment -> moment.source() == Source.PROGRAM)) {
      row("ground", "quiet", 40, "↳ " + (pod.program() == null ? "program" : pod.program()), 24);
      double from = x(max(firstTime(pod), begin));
      svg.empty(
          "path",
          "class",
          "thread",
          "d",
          "M%s 12H%s"
              .formatted(Svg.number(from), Svg.number(Math.max(from, x(min(lastTime(pod), end))))));
      finish(
          pod.namespace(),
          of(pod).stream().filter(moment -> moment.source() == Source.PROGRAM),
          12,
          24);
    }
  }

  /** The number of ready pods of an owner over time. */
  private List<Bar> readiness(List<Lane> pods) {
    TreeMap<Instant, int[]> changes = new TreeMap<>();
    for (Lane pod : pods) {
      for (Span<PodState> span : Span.states(pod.state(), of(pod))) {
        int there = span.value() == PodState.GONE ? 0 : 1;
        int ready = span.value() == PodState.READY ? 1 : 0;
        add(changes, span.from(), there, ready);
        if (!span.to().equals(Instant.MAX)) {
          add(changes, span.to(), -there, -ready);
        }
      }
    }
    List<Bar> bars = new ArrayList<>();
    int all = 0;
    int ready = 0;
    for (Map.Entry<Instant, int[]> change : changes.entrySet()) {
      all += change.getValue()[0];
      ready += change.getValue()[1];
      Instant next = changes.higherKey(change.getKey());
      if (all > 0) {
        String pattern = ready == all ? "ready" : ready > 0 ? "not-ready" : "failed";
        bars.add(
            new Bar(
                change.getKey(),
                next == null ? Instant.MAX : next,
                pattern,
                false,
                List.of(ready + " of " + all + " ready", ready + "/" + all)));
      }
    }
    return bars;
  }

  private static void add(TreeMap<Instant, int[]> changes, Instant at, int there, int ready) {
    int[] change = changes.computeIfAbsent(at, none -> new int[2]);
    change[0] += there;
    change[1] += ready;
  }

  private void row(String ground, String style, double indent, String label, double height) {
    svg.open("g", "class", "row", "transform", "translate(0 " + Svg.number(y) + ")");
    svg.empty("rect", "class", ground, "width", WIDTH, "height", height);
    svg.empty(
        "path",
        "class",
        "rule",
        "d",
        "M0 %sH%s".formatted(Svg.number(height - 0.5), Svg.number(WIDTH)));
    Instant seenFrom = recording.seenFrom();
    if (seenFrom != null && seenFrom.isAfter(begin)) {
      // Under the bars, which show rebuilt states of that time.
      svg.empty(
          "rect",
          "class",
          "unseen",
          "fill",
          "url(#blind)",
          "x",
          LABELS,
          "y",
          0.0,
          "width",
          x(min(seenFrom, end)) - LABELS,
          "height",
          height);
    }
    String end =
        label.length() <= LONGEST_NAME
            ? label
            : "…" + label.substring(label.length() - LONGEST_NAME + 1);
    svg.open("text", "class", style, "x", indent, "y", height / 2 + 6).text(end).close("text");
    svg.open("title").text(label).close("title");
  }

  private void bar(Bar bar, String style, double top, double height) {
    if (bar.from().isAfter(end) || bar.to().isBefore(begin)) {
      return;
    }
    double from = x(max(bar.from(), begin));
    double width = Math.max(2, x(min(bar.to(), end)) - from);
    svg.empty(
        "rect",
        "class",
        style + (bar.approximate() ? " approximate" : ""),
        "data-value",
        bar.pattern(),
        "fill",
        "url(#" + bar.pattern() + ")",
        "x",
        from,
        "y",
        top,
        "width",
        width,
        "height",
        height);
    bar.texts().stream()
        .filter(text -> text.length() * CHARACTER + 8 <= width)
        .findFirst()
        .ifPresent(
            text ->
                svg.open("text", "class", "in-bar", "x", from + 6, "y", top + height - 4)
                    .text(text)
                    .close("text"));
  }

  /** Draws the unknown time, then the marks on top, and ends the row. */
  private void finish(String space, Stream<Moment> rowMoments, double top, double height) {
    for (Span<Boolean> span : outages.getOrDefault(space, List.of())) {
      if (span.touches(begin, end)) {
        double from = x(max(span.from(), begin));
        svg.empty(
            "rect",
            "class",
            "blind",
            "fill",
            "url(#blind)",
            "x",
            from,
            "y",
            0.0,
            "width",
            Math.max(2, x(min(span.to(), end)) - from),
            "height",
            height);
      }
    }
    List<List<Moment>> clusters = new ArrayList<>();
    rowMoments
        .filter(this::isInTime)
        .sorted(Comparator.comparing(Moment::time).thenComparing(Moment::id))
        .forEach(
            moment -> {
              List<Moment> last =
                  clusters.isEmpty() ? List.of() : clusters.get(clusters.size() - 1);
              if (!last.isEmpty() && x(moment.time()) - x(last.get(0).time()) <= MARK_PIXELS) {
                last.add(moment);
              } else {
                clusters.add(new ArrayList<>(List.of(moment)));
              }
            });
    for (int i = 0; i < clusters.size(); i++) {
      double next = i + 1 < clusters.size() ? x(clusters.get(i + 1).get(0).time()) : WIDTH;
      mark(clusters.get(i), top, next - x(clusters.get(i).get(0).time()) > 34);
    }
    svg.close("g");
    y += height;
  }

  private void mark(List<Moment> cluster, double top, boolean room) {
    Moment main =
        cluster.stream()
            .reduce(cluster.get(0), (best, each) -> severity(each) >= severity(best) ? each : best);
    Drawing.Mark look = drawing.of(main.kind());
    symbolsUsed.add(main.kind().label());
    svg.open(
        "g",
        "class",
        "mark",
        "transform",
        "translate(%s %s)".formatted(Svg.number(x(cluster.get(0).time())), Svg.number(top)));
    svg.open("title")
        .text(
            cluster.stream()
                .map(
                    each ->
                        CLOCK.format(each.time())
                            + (each.approximate() ? " ≈ " : " ")
                            + each.text())
                .collect(Collectors.joining("; ")))
        .close("title");
    svg.empty("path", "class", look.severity(), "d", drawing.symbols().get(look.symbol()));
    if (cluster.stream().anyMatch(Moment::approximate)) {
      svg.empty("circle", "class", "about", "r", 10.5);
    }
    if (cluster.size() > 1 && room) {
      svg.open("text", "x", 9.0, "y", 6.0).text(Integer.toString(cluster.size())).close("text");
    }
    svg.close("g");
  }

  private int severity(Moment moment) {
    return drawing.severities().indexOf(drawing.of(moment.kind()).severity());
  }

  private String document(int pods) {
    String rows = svg.toString();
    Svg all = new Svg();
    double bottom = y + 10;
    Svg legend = legend(bottom);
    double height = y;
    all.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "drawing",
        "width",
        WIDTH,
        "height",
        height,
        "viewBox",
        "0 0 %s %s".formatted(Svg.number(WIDTH), Svg.number(height)),
        "role",
        "img",
        "font-family",
        "sans-serif",
        "font-size",
        "16");
    all.open("title").text("Pods until " + DAY.format(end) + " UTC").close("title");
    all.open("style")
        .part(Drawing.file("drawing.css"))
        .part("@media (prefers-color-scheme: dark) {\n")
        .part(Drawing.file("drawing-dark.css"))
        .part("}\n")
        .close("style");
    all.open("defs").part(Drawing.file("patterns.svg")).close("defs");
    all.empty("rect", "class", "ground", "width", WIDTH, "height", height);
    String title =
        (recording.title().isEmpty() ? "" : recording.title() + " · ")
            + DAY.format(begin)
            + " to "
            + CLOCK.format(end)
            + " UTC · "
            + pods
            + (pods == 1 ? " pod" : " pods")
            + (recording.dropped() > 0
                ? " · " + recording.dropped() + " older moments dropped"
                : "");
    all.open("text", "class", "label", "x", 10.0, "y", 26.0).text(title).close("text");
    all.part(rows);
    all.part(axis(bottom - 10));
    all.part(legend.toString());
    return all.close("svg").toString();
  }

  private String axis(double bottom) {
    Svg axis = new Svg();
    long window = Duration.between(begin, end).toMillis();
    long step =
        Stream.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
            .map(seconds -> seconds * 1000L)
            .filter(each -> each * PLOT / window >= 105)
            .findFirst()
            .orElse(600_000L);
    for (long time = (begin.toEpochMilli() / step + 1) * step;
        time <= end.toEpochMilli();
        time += step) {
      double x = x(Instant.ofEpochMilli(time));
      axis.empty(
          "path",
          "class",
          "tick",
          "d",
          "M%s %sV%s".formatted(Svg.number(x), Svg.number(TOP - 8), Svg.number(TOP)));
      if (x + 36 < WIDTH) {
        axis.open("text", "class", "quiet", "x", x, "y", TOP - 14, "text-anchor", "middle")
            .text(CLOCK.format(Instant.ofEpochMilli(time)))
            .close("text");
      }
    }
    axis.empty(
        "path",
        "class",
        "rule",
        "d",
        "M%s %sV%s".formatted(Svg.number(LABELS), Svg.number(TOP), Svg.number(bottom)));
    return axis.toString();
  }

  /** All states, and the marks that the drawing contains. */
  private Svg legend(double top) {
    Svg legend = new Svg();
    double x = 10;
    y = top;
    for (Map.Entry<String, Drawing.State> state : drawing.states().entrySet()) {
      x = place(x, 46 + state.getValue().text().length() * CHARACTER);
      legend.empty(
          "rect",
          "class",
          "state",
          "fill",
          "url(#" + state.getKey() + ")",
          "x",
          x,
          "y",
          y,
          "width",
          30.0,
          "height",
          20.0);
      legend
          .open("text", "class", "in-bar", "x", x + 9, "y", y + 16)
          .text(state.getValue().letter())
          .close("text");
      legend
          .open("text", "class", "quiet", "x", x + 36, "y", y + 16)
          .text(state.getValue().text())
          .close("text");
      x += 52 + state.getValue().text().length() * CHARACTER;
    }
    x = place(x, 120);
    legend.empty("rect", "fill", "url(#blind)", "x", x, "y", y, "width", 30.0, "height", 20.0);
    legend
        .open("text", "class", "quiet", "x", x + 36, "y", y + 16)
        .text("Not watched")
        .close("text");
    x = WIDTH;
    for (String kind : symbolsUsed) {
      Drawing.Mark look = drawing.kinds().get(kind);
      x = place(x, 46 + kind.length() * CHARACTER);
      legend.open(
          "g",
          "class",
          "mark",
          "transform",
          "translate(%s %s)".formatted(Svg.number(x + 10), Svg.number(y + 11)));
      legend
          .empty("path", "class", look.severity(), "d", drawing.symbols().get(look.symbol()))
          .close("g");
      legend.open("text", "class", "quiet", "x", x + 24, "y", y + 16).text(kind).close("text");
      x += 40 + kind.length() * CHARACTER;
    }
    y += 30;
    return legend;
  }

  private double place(double x, double width) {
    if (x + width <= WIDTH) {
      return x;
    }
    y += 28;
    return 10;
  }

  private List<Moment> of(Lane lane) {
    return moments.getOrDefault(lane.uid(), List.of());
  }

  private boolean isPod(Lane lane) {
    return lane.kind().equals("Pod");
  }

  private boolean isWorkload(Lane lane) {
    return switch (lane.kind()) {
      case "Pod", "Service", "Board" -> false;
      default -> true;
    };
  }

  private boolean isNear(Lane pod) {
    return !firstTime(pod).isAfter(end) && !lastTime(pod).isBefore(begin);
  }

  private boolean isInTime(Moment moment) {
    return !moment.time().isBefore(begin) && !moment.time().isAfter(end);
  }

  private Instant firstTime(Lane pod) {
    if (pod.state() != null) {
      return Instant.MIN;
    }
    return of(pod).stream().map(Moment::time).min(Comparator.naturalOrder()).orElse(Instant.MAX);
  }

  /** The time of the deletion; {@link Instant#MAX} if the pod still exists. */
  private Instant lastTime(Lane pod) {
    List<Span<PodState>> spans = Span.states(pod.state(), of(pod));
    Instant last = spans.isEmpty() ? Instant.MIN : spans.get(spans.size() - 1).from();
    return !spans.isEmpty() && spans.get(spans.size() - 1).value() != PodState.GONE
        ? Instant.MAX
        : of(pod).stream().map(Moment::time).reduce(last, Picture::max);
  }

  private static String owner(Lane pod) {
    return pod.owner() == null ? NO_OWNER : pod.owner();
  }

  private static String prefix(Lane lane, boolean several) {
    return several ? lane.namespace() + " · " : "";
  }

  private double x(Instant time) {
    return LABELS
        + PLOT * Duration.between(begin, time).toMillis() / Duration.between(begin, end).toMillis();
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
