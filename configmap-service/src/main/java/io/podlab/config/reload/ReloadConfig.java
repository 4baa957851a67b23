package io.podlab.config.reload;

import io.podlab.config.source.SourceName;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What is in effect, and what happens when it cannot be had. */
@ConfigMapping(prefix = "lab.config")
public interface ReloadConfig {
  /**
   * Which source is in effect: {@code api}, {@code volume}, {@code directory}, {@code subpath},
   * {@code environment} or {@code arguments}; the others are watched and shown. Default: the API if
   * it has a ConfigMap to ask for, else the directory.
   */
  Optional<SourceName> active();

  /**
   * A directory in which the last good configuration is kept, for a start at which none can be had.
   * Default: none; such a start fails.
   */
  Optional<Path> lastGood();

  /**
   * Whether readiness fails ({@code unready}) or a warning is logged ({@code ready}) when the
   * source has not answered for three times {@code refresh}.
   */
  @WithDefault("unready")
  Staleness stale();

  /** What a source that does not answer does to readiness. */
  enum Staleness {
    READY,
    UNREADY
  }
}
