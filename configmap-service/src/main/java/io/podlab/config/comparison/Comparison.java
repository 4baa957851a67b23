package io.podlab.config.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.reload.SourceStatus;
import io.podlab.config.reload.SourceValue;
import io.podlab.config.reload.State;
import io.podlab.config.settings.Excerpt;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import io.podlab.kit.http.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The answer to {@code GET /sources}: one row for each key, one column for each source.
 *
 * @param now when this answer was made
 * @param sources the columns, in order
 * @param keys the rows, sorted by key; at most 500. If there are more, rows with a rejected or
 *     different value come first, then keys with a meaning to this service
 * @param more number of keys that are left out
 */
public record Comparison(Instant now, List<Column> sources, List<Row> keys, int more)
    implements PlainText {
  private static final int MOST_KEYS = 500;
  private static final int LONGEST_CELL = 28;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  /**
   * A source.
   *
   * @param active whether the service uses this source
   * @param origin where the source is: a path, or {@code namespace/name}
   * @param revision of its content; equal revisions have equal content
   * @param version the resourceVersion, or the target of {@code ..data}
   * @param since when the service last saw its content change
   * @param confirmedAt when the source last answered
   * @param reloads how the source reloads, or why it does not
   * @param watching whether the service notices a change of the source
   * @param behind whether one of its values differs from the API; absent without the API
   * @param lagSeconds duration for which the source has been behind; if it is not behind, the
   *     duration that it needed to follow the last change
   * @param problem why the source has no content, or why its content is not in effect, including a
   *     rollback
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Column(
      SourceName source,
      boolean active,
      String origin,
      Optional<String> revision,
      Optional<String> version,
      Instant since,
      Optional<Instant> confirmedAt,
      String reloads,
      boolean watching,
      Optional<Boolean> behind,
      Optional<Double> lagSeconds,
      Optional<String> problem) {}

  /** A key, with its value in each source that has it. */
  public record Row(String key, Map<SourceName, Cell> values) {
    private boolean isRemarkable() {
      return values.values().stream()
          .anyMatch(cell -> cell.differs() || cell.rejected().isPresent());
    }

    private boolean isTyped() {
      return SettingsParser.isTyped(key);
    }
  }

  /**
   * A value.
   *
   * @param value cut to 200 characters
   * @param since when the service first saw this value in the source
   * @param differs whether the API has another value, or none
   * @param rejected why the value is invalid; only for the active source
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Cell(String value, Instant since, boolean differs, Optional<String> rejected) {}

  static Comparison of(List<SourceStatus> statuses, Source active, State state, Instant now) {
    Optional<SourceStatus> api = SourceStatus.api(statuses).filter(one -> !one.values().isEmpty());
    SortedSet<String> keys = new TreeSet<>();
    statuses.forEach(one -> keys.addAll(one.values().keySet()));
    return new Comparison(
        now,
        statuses.stream().map(one -> column(one, api, inEffect(one, active, state), now)).toList(),
        rows(keys.stream().map(key -> row(key, statuses, api, active, state)).toList()),
        Math.max(0, keys.size() - MOST_KEYS));
  }

  /** The state, if this is the active source. */
  private static Optional<State> inEffect(SourceStatus one, Source active, State state) {
    return one.source() == active ? Optional.of(state) : Optional.empty();
  }

  private static Column column(
      SourceStatus one, Optional<SourceStatus> api, Optional<State> inEffect, Instant now) {
    Source source = one.source();
    Reading reading = one.reading();
    Optional<Reading.Content> content =
        reading instanceof Reading.Content held ? Optional.of(held) : Optional.empty();
    Optional<SourceStatus> reference =
        api.filter(status -> status != one && !one.values().isEmpty());
    return new Column(
        source.name(),
        inEffect.isPresent(),
        source.origin(),
        content.map(held -> held.snapshot().revision()),
        content.flatMap(Reading.Content::version),
        one.since(),
        one.confirmedAt(),
        source.reloads(),
        source.watching(),
        reference.map(other -> one.behindSince().isPresent()),
        reference.flatMap(
            other ->
                one.behindSince()
                    .map(since -> Duration.between(since, now))
                    .or(one::followedAfter)
                    .map(Comparison::seconds)),
        joined(
            problem(reading)
                .or(() -> inEffect.flatMap(Comparison::rejection))
                .map(
                    why ->
                        why
                            + inEffect
                                .map(
                                    state ->
                                        " (revision %s stays in effect)".formatted(revision(state)))
                                .orElse("")),
            inEffect.flatMap(State::rollbackSentence)));
  }

  private static Optional<String> joined(Optional<String> first, Optional<String> second) {
    return Stream.of(first, second)
        .flatMap(Optional::stream)
        .reduce((one, other) -> one + "; " + other);
  }

  private static Optional<String> rejection(State state) {
    return state.rejected().map(rejected -> "rejected: " + rejected.sentence());
  }

  private static String revision(State state) {
    return state.loaded().snapshot().revision();
  }

  private static Optional<String> problem(Reading reading) {
    if (reading instanceof Reading.Gone gone) {
      return Optional.of(gone.why());
    }
    if (reading instanceof Reading.Refused refused) {
      return Optional.of((refused.key() + ": " + refused.why()).replaceFirst("^: ", ""));
    }
    return reading instanceof Reading.Unreadable unreadable
        ? Optional.of(unreadable.why())
        : Optional.empty();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static List<Row> rows(List<Row> all) {
    return all.stream()
        .sorted(Comparator.comparing(Row::isRemarkable).thenComparing(Row::isTyped).reversed())
        .limit(MOST_KEYS)
        .sorted(Comparator.comparing(Row::key))
        .toList();
  }

  private static Row row(
      String key,
      List<SourceStatus> statuses,
      Optional<SourceStatus> api,
      Source active,
      State state) {
    Map<SourceName, Cell> cells = new EnumMap<>(SourceName.class);
    for (SourceStatus one : statuses) {
      SourceValue held = one.values().get(key);
      if (held != null) {
        cells.put(
            one.source().name(),
            new Cell(
                Excerpt.of(held.value()),
                held.since(),
                api.filter(reference -> !one.hasSame(key, reference)).isPresent(),
                inEffect(one, active, state).flatMap(now -> rejection(key, now))));
      }
    }
    return new Row(Excerpt.of(key), cells);
  }

  private static Optional<String> rejection(String key, State state) {
    return state
        .rejected()
        .flatMap(
            rejected ->
                rejected.errors().stream()
                    .filter(error -> error.key().equals(Excerpt.of(key)))
                    .map(KeyError::why)
                    .findFirst());
  }

  /** A table of the values, and below it tables of the sources. */
  @Override
  public String plainText() {
    List<List<String>> values = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("KEY"));
    sources.forEach(column -> head.add(column.source().name() + (column.active() ? " *" : "")));
    values.add(head);
    for (Row row : keys) {
      List<String> cells = new ArrayList<>(List.of(cut(row.key())));
      for (Column column : sources) {
        Cell cell = row.values().get(column.source());
        cells.add(cell == null ? "-" : cut(cell.value()) + mark(cell) + CLOCK.format(cell.since()));
      }
      values.add(cells);
    }
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("SOURCE", "REVISION", "VERSION", "LAG"));
    List<List<String>> ways = new ArrayList<>();
    ways.add(List.of("SOURCE", "RELOADS"));
    StringBuilder problems = new StringBuilder();
    for (Column column : sources) {
      String source = column.source().toString();
      facts.add(
          List.of(
              source, column.revision().orElse("-"), column.version().orElse("-"), lag(column)));
      ways.add(List.of(source, column.reloads()));
      column.problem().ifPresent(text -> problems.append("\n%s: %s".formatted(source, text)));
    }
    return table(values)
        + (more > 0 ? "%d more keys are not shown\n".formatted(more) : "")
        + "* active source; ! value differs from the API; X value is rejected; the time is when the"
        + " value was first seen (UTC)\n\n"
        + table(facts)
        + '\n'
        + table(ways)
        + (problems.isEmpty() ? "" : problems.append('\n'));
  }

  private static String mark(Cell cell) {
    return cell.rejected().isPresent() ? " X " : cell.differs() ? " ! " : " ";
  }

  private static String lag(Column column) {
    return column
        .behind()
        .map(
            behind ->
                (behind ? "behind" : "up to date")
                    + column
                        .lagSeconds()
                        .map((behind ? " for %.1fs" : "; last delay %.1fs")::formatted)
                        .orElse(""))
        .orElse("-");
  }

  private static String cut(String text) {
    String line = Excerpt.line(text);
    return line.length() <= LONGEST_CELL ? line : line.substring(0, LONGEST_CELL - 1) + "…";
  }

  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    rows.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 3));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
