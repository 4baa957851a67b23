package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the lab remembers on this machine what it started, and keeps the logs: {@code
 * $XDG_STATE_HOME/podlab}. The services keep their own state beside it, each in its own folder.
 */
record StateFolder(Path root) {
  /**
   * Follows the XDG Base Directory Specification: a value that is empty or not absolute counts as
   * not set, and then it is {@code ~/.local/state}.
   */
  static StateFolder of(Map<String, String> environment, Path home) {
    String set = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base = Path.of(set).isAbsolute() ? Path.of(set) : home.resolve(".local/state");
    return new StateFolder(base.resolve("podlab"));
  }

  static StateFolder ofThisUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The folder that a service has for itself. */
  Path ofService(Service service) {
    return root.resolve(service.title());
  }

  /** Of a board that runs on its own: two of them on two ports do not share a log. */
  StateFolder ofBoard(int port) {
    return new StateFolder(ofService(Service.BOARD).resolve(Integer.toString(port)));
  }

  /** Of the boards that belong to a `lab play`. */
  StateFolder ofPlays() {
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
   * Makes its folders.
   *
   * @throws Failure (missing) if this user may not write there
   */
  void create() {
    try {
      Files.createDirectories(root.resolve("run"));
      Files.createDirectories(root.resolve("log"));
    } catch (IOException e) {
      throw Failure.missing(
          "cannot write to " + root + " (" + e + "): set XDG_STATE_HOME to a folder of yours");
    }
  }
}
