package io.podlab.kit.state;

import java.nio.file.Path;

/** The folder for state by the XDG base directory specification. */
public final class StateDirectory {
  private StateDirectory() {}

  /**
   * {@code $XDG_STATE_HOME/podlab/<service>}, which is below {@code ~/.local/state} unless the
   * variable is set to an absolute path.
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
