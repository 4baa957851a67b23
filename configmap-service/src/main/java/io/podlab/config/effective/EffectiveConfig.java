package io.podlab.config.effective;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.reload.Rejected;
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
 * @param source which of the sources is in effect
 * @param origin where that is
 * @param version what the source calls it: a resourceVersion, or the directory behind {@code
 *     ..data}
 * @param loadedAt when this revision took effect
 * @param confirmedAt when the source last answered: with this, with what is rejected, or that it is
 *     gone; absent if it never has
 * @param stale whether that was longer ago than three times {@code refresh}
 * @param lastGood whether this is the last good one from the disk, because the source gave no good
 *     one
 * @param rejected what the source holds, if that is not taken
 * @param gone if the source holds nothing any more
 * @param unreadable if nobody knows what the source holds
 * @param data effective values by key, defaults included
 * @param binaryData values that are not text, in base64
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
    SortedMap<String, String> data,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> binaryData)
    implements PlainText {
  /**
   * The revision, and with it what else there is to tell: that all is well must not pass for the
   * answer once it is not.
   */
  String tag() {
    StringBuilder tag = new StringBuilder(revision);
    rejected.ifPresent(
        one ->
            tag.append("-rejected-").append(one.revision().orElse("")).append(millis(one.when())));
    gone.ifPresent(one -> tag.append("-gone-").append(millis(one.when())));
    unreadable.ifPresent(one -> tag.append("-unreadable-").append(millis(one.when())));
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
        state.loaded().settings().values(),
        state.loaded().snapshot().binaryData());
  }

  /**
   * Comments with revision, times and source, then {@code key: value}; long values are indented.
   */
  @Override
  public String plainText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# revision %s, loaded %s from %s\n# source %s%s, confirmed %s%s\n"
            .formatted(
                revision,
                loadedAt,
                origin,
                source,
                version.map(name -> " " + name).orElse(""),
                confirmedAt.map(Instant::toString).orElse("never"),
                stale ? ", STALE" : ""));
    if (lastGood) {
      text.append("# this is the last good one from the disk: the source gave no good one\n");
    }
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
