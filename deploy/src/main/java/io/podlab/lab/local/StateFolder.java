package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder for the pids and logs of the services: {@code $XDG_STATE_HOME/podlab}. Each service
 * has a subfolder for its own state.
 */
public record StateFolder(Path root) {
  /**
   * Follows the XDG Base Directory Specification: an empty or relative value means the default,
   * {@code ~/.local/state}.
   */
  static StateFolder of(Map<String, String> environment, Path home) {
    String set = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base = Path.of(set).isAbsolute() ? Path.of(set) : home.resolve(".local/state");
    return new StateFolder(base.resolve("podlab"));
  }

  public static StateFolder ofThisUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The folder for the state of a service. */
  Path ofService(Service service) {
    return root.resolve(service.title());
  }

  /** The file that the postStart hook of demo-app writes. */
  Path marker() {
    return root.resolve("demo-app-message");
  }

  /** The folder of a {@code lab board}. Boards on different ports have different logs. */
  StateFolder ofBoard(int port) {
    return new StateFolder(ofService(Service.BOARD).resolve(Integer.toString(port)));
  }

  /** The folder of {@code lab play}, also for the boards that belong to it. */
  public StateFolder ofPlays() {
    return new StateFolder(root.resolve("play"));
  }

  Path log(String title) {
    return root.resolve("log").resolve(title + ".log");
  }

  Path previousLog(String title) {
    return root.resolve("log").resolve(title + ".log.1");
  }

  Path runFile() {
    return root.resolve("run/services.json");
  }

  Path lockFile() {
    return root.resolve("run/lock");
  }

  /**
   * Creates the folders.
   *
   * @throws Failure (missing) if this user may not write there
   */
  void create() {
    try {
      Files.createDirectories(root.resolve("run"));
      Files.createDirectories(root.resolve("log"));
    } catch (IOException e) {
      throw Failure.missing(
          "cannot write to "
              + root
              + " ("
              + Failure.reason(e)
              + "); set XDG_STATE_HOME to a writable directory (default ~/.local/state)");
    }
  }
}
