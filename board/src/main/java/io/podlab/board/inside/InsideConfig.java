package io.podlab.board.inside;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the programs in the pods report about themselves. */
@ConfigMapping(prefix = "lab.board")
public interface InsideConfig {
  /**
   * How they are asked. Default: {@code auto}. With {@code off} pods have no second row; so it is
   * with {@code proxy} where the credential may not get {@code pods/proxy}.
   */
  @WithDefault("auto")
  Way inside();

  /** The ways to a program. */
  enum Way {
    /** Directly if the board runs in a pod, else through the API server. */
    AUTO,
    /** At the pod's IP address, without any credential. */
    DIRECT,
    /** Through the API server's proxy to pods. */
    PROXY,
    OFF
  }
}
