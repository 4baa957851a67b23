package io.podlab.token.state;

import io.podlab.kit.state.StateDirectory;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where tokens, and the CA that the service made, are kept. */
@ConfigMapping(prefix = "lab.token")
public interface StateConfig {
  /**
   * Made if it does not exist. One process at a time: a second one refuses to start. Default {@code
   * $XDG_STATE_HOME/podlab/token-service}, in the image {@code /var/lib/podlab/token-service}.
   */
  Optional<Path> dir();

  default Path directory() {
    return dir().orElseGet(() -> StateDirectory.of("token-service"));
  }
}
