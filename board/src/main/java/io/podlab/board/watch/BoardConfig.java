package io.podlab.board.watch;

import io.podlab.kit.settings.BooleanSetting;
import io.podlab.kit.settings.CommaSeparated;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What is shown. */
@ConfigMapping(prefix = "lab.board")
public interface BoardConfig {
  /**
   * The namespaces to watch, separated by commas. Default: the pod's own, or outside a cluster that
   * of the kubeconfig's context. Each needs the right to get, list and watch what is drawn.
   */
  Optional<@WithConverter(CommaSeparated.Setting.class) CommaSeparated> namespaces();

  /** The context of the kubeconfig. Default: its current context. Another one is refused. */
  Optional<String> context();

  /** A recording to show instead of a cluster: no more than 100 MB. Default: none. */
  Optional<Path> recording();

  /** Whether the sample is shown even where there is a cluster. Default: false. */
  @WithConverter(BooleanSetting.class)
  @WithDefault("false")
  boolean sample();
}
