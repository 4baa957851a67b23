package io.podlab.lab.lesson;

import io.podlab.lab.console.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings that all plays of a run share.
 *
 * @param kubectl the program
 * @param context the requested context; empty for the current context of the kubeconfig
 * @param kubeconfig the content of a kubeconfig with this context
 * @param version of the API server, if known
 * @param boards starts the board of a play; empty for no board
 * @param step waits for Enter before each block; empty to continue without Enter
 * @param boardPrompt waits for Enter before the board ends; empty to end it without Enter
 * @param report whether a report needs the board's pictures
 * @param whenEnded called after each play, by several threads if lessons are played in parallel
 */
record PlaySettings(
    Shell shell,
    String kubectl,
    Optional<String> context,
    String kubeconfig,
    Optional<KubernetesVersion> version,
    String projectVersion,
    ImageNames images,
    ImageCheck imageCheck,
    String language,
    boolean check,
    boolean keep,
    Optional<Boards> boards,
    Optional<Prompt> step,
    Optional<Prompt> boardPrompt,
    boolean report,
    Consumer<PlayedLesson> whenEnded) {

  /** Starts a board for one namespace. */
  interface Boards {
    Moments start(String namespace, Path kubeconfig) throws Exception;
  }

  StopRequest stop() {
    return shell.stop();
  }

  /** A command for the user to type. */
  String kubectl(String words) {
    return "`kubectl " + words + context.map(name -> " --context " + name).orElse("") + "`";
  }

  boolean showsBoard() {
    return boardPrompt.isPresent();
  }

  Optional<Moments> startBoard(Console console, String namespace, Path kubeconfig)
      throws InterruptedException {
    if (boards.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(boards.get().start(namespace, kubeconfig));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      console.say("playing without moments: the board did not start: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Gives the user time to look at the board before it ends. */
  void lookAtBoard(Optional<String> address) throws InterruptedException {
    if (boardPrompt.isPresent() && address.isPresent()) {
      boardPrompt.get().await("to stop the board at " + address.get() + " and clean up");
    }
  }
}
