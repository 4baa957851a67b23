package io.podlab.lab.lesson;

import io.podlab.lab.console.Console;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is the same for all plays of a run.
 *
 * @param kubectl the program
 * @param context that was named; empty for the kubeconfig's current one
 * @param kubeconfig of the context, for a file
 * @param version that of the API server, if it says one
 * @param boards starts the board of a play; empty for none
 * @param step where Enter is pressed before each block; empty if it goes on by itself
 * @param boardPrompt where Enter ends the board, whose address is shown; empty if it ends by itself
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
    Optional<Prompt> boardPrompt) {

  /** Starts a board for one namespace. */
  interface Boards {
    Moments start(String namespace, Path kubeconfig) throws Exception;
  }

  StopRequest stop() {
    return shell.stop();
  }

  /** A command for a person to type. */
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
      console.say("plays without moments: the board does not start: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Leaves a person time to look at the board before it ends. */
  void lookAtBoard(Optional<String> address) throws InterruptedException {
    if (boardPrompt.isPresent() && address.isPresent()) {
      boardPrompt.get().await("to end the board on " + address.get() + " and to clean up");
    }
  }
}
