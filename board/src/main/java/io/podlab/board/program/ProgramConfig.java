package io.podlab.board.program;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Configures how the board reads reports of programs in pods. */
@ConfigMapping(prefix = "lab.board")
public interface ProgramConfig {
  /**
   * How the board connects to programs. Default: {@code auto}. With {@code off}, pods have no
   * second row. The same applies to {@code proxy} without permission to get {@code pods/proxy}.
   */
  @WithDefault("auto")
  Access inside();

  enum Access {
    /** Direct if the board runs in a pod, otherwise through the API server. */
    AUTO,
    /** To the pod's IP address, without any credential. */
    DIRECT,
    /** Through the API server's proxy to pods. */
    PROXY,
    OFF
  }
}
