package io.podlab.kit.state;

import java.nio.file.Path;

/** Finds the directory for state according to the XDG Base Directory Specification. */
public final class StateDirectory {
  private StateDirectory() {}

  /**
   * {@code $XDG_STATE_HOME/podlab/<service>}. The default of {@code XDG_STATE_HOME} is {@code
   * ~/.local/state}; a relative path is ignored, as the specification requires.
   */
  public static Path of(String service) {
    String given = System.getenv("XDG_STATE_HOME");
    Path base =
        given != null && Path.of(given).isAbsolute()
            ? Path.of(given)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return base.resolve("podlab").resolve(service);
  }
}
