package io.podlab.demo.hooks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of the hooks. */
@ConfigMapping(prefix = "lab.demo")
public interface HooksConfig {
  /**
   * The file that a postStart hook writes, in its exec form and its HTTP form. Default {@code
   * /usr/share/message}, as in the training's manifests.
   */
  @WithDefault("/usr/share/message")
  Path marker();
}
