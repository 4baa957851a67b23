package io.podlab.config.reload;

import io.podlab.config.source.SourceName;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Which source is active, and what happens when it has no valid configuration. */
@ConfigMapping(prefix = "lab.config")
public interface ReloadConfig {
  /**
   * The active source: {@code api}, {@code volume}, {@code directory}, {@code subpath}, {@code
   * environment} or {@code arguments}. The service watches and shows the other sources, too.
   * Default: the API if {@code LAB_CONFIG_CONFIGMAP} is set, otherwise the directory.
   */
  Optional<SourceName> active();

  /**
   * A directory in which the service saves the last good configuration, for a start without a valid
   * configuration. Default: none; such a start fails.
   */
  Optional<Path> lastGood();

  /**
   * What happens when the active source has not answered for three times {@code refresh}: the pod
   * becomes unready ({@code unready}, the default), or the service only logs a warning ({@code
   * ready}).
   */
  @WithDefault("unready")
  Staleness stale();

  /** {@code off} rejects all rollbacks with 403. */
  @WithDefault("on")
  Control rollback();

  /** Whether clients can roll back. */
  enum Control {
    ON,
    OFF
  }

  /** Readiness while the active source does not answer. */
  enum Staleness {
    READY,
    UNREADY
  }
}
