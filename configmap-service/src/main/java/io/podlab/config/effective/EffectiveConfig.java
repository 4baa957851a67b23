package io.podlab.config.effective;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.reload.Rejected;
import io.podlab.config.reload.Rollback;
import io.podlab.config.reload.SourceProblem;
import io.podlab.config.reload.State;
import io.podlab.config.source.SourceName;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The answer to {@code GET /config}.
 *
 * @param revision changes with any key or value
 * @param source the active source
 * @param origin where the source is: a path, or {@code namespace/name}
 * @param version of the source: the resourceVersion, or the target of {@code ..data}
 * @param loadedAt when this revision took effect
 * @param confirmedAt when the source last answered with this revision, with rejected content,
 *     without content, or with the content that a rollback replaced; absent if it never did
 * @param stale whether {@code confirmedAt} is older than three times {@code refresh}
 * @param lastGood whether this is the last good configuration from disk, because the source had no
 *     valid configuration at the start
 * @param rejected the content of the source, if it is invalid
 * @param gone why the source has no content
 * @param unreadable why the service cannot read the source
 * @param rollback if a rollback put another revision into effect than the source has
 * @param data values by key, including defaults
 * @param binaryData values that are not UTF-8, in base64
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record EffectiveConfig(
    String revision,
    SourceName source,
    String origin,
    Optional<String> version,
    Instant loadedAt,
    Optional<Instant> confirmedAt,
    boolean stale,
    boolean lastGood,
    Optional<Rejected> rejected,
    Optional<SourceProblem> gone,
    Optional<SourceProblem> unreadable,
    Optional<Rollback> rollback,
    SortedMap<String, String> data,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> binaryData)
    implements PlainText {
  /**
   * The revision, a rollback and every problem: a client with the ETag of a good state must not get
   * a 304 when there is a problem.
   */
  String tag() {
    StringBuilder tag = new StringBuilder(revision);
    rejected.ifPresent(
        one ->
            tag.append("-rejected-").append(one.revision().orElse("")).append(millis(one.when())));
    gone.ifPresent(one -> tag.append("-gone-").append(millis(one.when())));
    unreadable.ifPresent(one -> tag.append("-unreadable-").append(millis(one.when())));
    rollback.ifPresent(one -> tag.append("-rollback").append(millis(one.at())));
    return tag.append(stale ? "-stale" : "").append(lastGood ? "-kept" : "").toString();
  }

  private static String millis(Instant when) {
    return "@" + when.toEpochMilli();
  }

  static EffectiveConfig of(State state, Optional<Instant> confirmedAt, boolean stale) {
    return new EffectiveConfig(
        state.loaded().snapshot().revision(),
        state.source(),
        state.origin(),
        state.loaded().version(),
        state.loaded().at(),
        confirmedAt.map(at -> at.truncatedTo(ChronoUnit.SECONDS)),
        stale,
        state.loaded().kept(),
        state.rejected(),
        state.gone(),
        state.unreadable(),
        state.rollback(),
        state.loaded().settings().values(),
        state.loaded().snapshot().binaryData());
  }

  /**
   * Comments with revision, times, source and problems, then {@code key: value}. Values of several
   * lines are indented.
   */
  @Override
  public String plainText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# revision %s, loaded %s from %s\n# source %s%s, confirmed %s%s\n"
            .formatted(
                revision,
                loadedAt,
                rollback.isPresent() ? "the history" : origin,
                source,
                version.map(name -> " " + name).orElse(""),
                confirmedAt.map(Instant::toString).orElse("never"),
                stale ? ", STALE" : ""));
    if (lastGood) {
      text.append("# last good configuration, from disk: the source has no valid configuration\n");
    }
    rollback.ifPresent(
        one -> text.append("# ").append(one.sentence(revision, gone, unreadable)).append('\n'));
    rejected.ifPresent(
        one ->
            text.append(
                "# rejected %s%s: %s\n"
                    .formatted(
                        one.revision().map(name -> name + ", ").orElse(""),
                        one.when(),
                        one.sentence())));
    gone.ifPresent(one -> text.append("# gone %s: %s\n".formatted(one.when(), one.why())));
    unreadable.ifPresent(
        one -> text.append("# unreadable %s: %s\n".formatted(one.when(), one.why())));
    for (Map.Entry<String, String> entry : data.entrySet()) {
      String value = entry.getValue().stripTrailing();
      text.append(Printable.escaped(entry.getKey())).append(":");
      if (value.contains("\n")) {
        value.lines().forEach(line -> text.append("\n  ").append(Printable.escaped(line)));
      } else {
        text.append(value.isEmpty() ? "" : " ").append(Printable.escaped(value));
      }
      text.append('\n');
    }
    for (Map.Entry<String, String> entry : binaryData.entrySet()) {
      text.append(Printable.escaped(entry.getKey()))
          .append(": (base64) ")
          .append(entry.getValue())
          .append('\n');
    }
    return text.toString();
  }
}
