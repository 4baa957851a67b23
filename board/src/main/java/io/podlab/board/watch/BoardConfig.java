package io.podlab.board.watch;

import io.podlab.kit.settings.BooleanSetting;
import io.podlab.kit.settings.CommaSeparated;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Selects what the board shows. */
@ConfigMapping(prefix = "lab.board")
public interface BoardConfig {
  /**
   * The namespaces to watch, separated by commas. Default: the namespace of the pod, or outside a
   * cluster that of the kubeconfig's context. The board needs permission to get, list and watch the
   * drawn objects in each of them.
   */
  Optional<@WithConverter(CommaSeparated.Setting.class) CommaSeparated> namespaces();

  /**
   * The context of the kubeconfig. Default: its current context. The board does not start with an
   * unknown one.
   */
  Optional<String> context();

  /** A recording to show instead of a cluster, at most 100 MB. Default: none. */
  Optional<Path> recording();

  /** Whether to show the sample even if there is a cluster. Default: false. */
  @WithConverter(BooleanSetting.class)
  @WithDefault("false")
  boolean sample();
}
