package io.podlab.token.state;

import io.podlab.kit.state.StateDirectory;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The directory for tokens, the admin token and the service's own CA. */
@ConfigMapping(prefix = "lab.token")
public interface StateConfig {
  /**
   * Created if it does not exist. Only one process can use it; a second one does not start. Default
   * {@code $XDG_STATE_HOME/podlab/token-service}, in the image {@code
   * /var/lib/podlab/token-service}.
   */
  Optional<Path> dir();

  default Path directory() {
    return dir().orElseGet(() -> StateDirectory.of("token-service"));
  }
}
