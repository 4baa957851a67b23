package io.podlab.lab.lesson;

import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import java.time.Duration;

/** Removes what a play created on the cluster. */
record Cleanup(PlaySettings settings, Console console) {
  private static final Duration LIMIT = Duration.ofSeconds(150);

  /** An upper limit for the whole cleanup. */
  static final Duration LONGEST =
      LIMIT.plus(LessonCluster.LONGEST_REMOVAL).plus(Duration.ofSeconds(60));

  private static final String SCRIPT = "cleanup.sh";

  void run(LessonCluster cluster, Runnable whenDeleting) throws Exception {
    if (cluster.workspace().has(SCRIPT)) {
      runScript(cluster);
    }
    String delete = settings.kubectl("delete namespace " + cluster.namespace());
    if (settings.keep()) {
      deleteOutside(cluster);
      console.say(
          "namespace "
              + cluster.namespace()
              + " is kept; what the lesson created outside it is deleted. To delete the namespace: "
              + delete);
      return;
    }
    Command.Result deletion = cluster.beginDeletion();
    deleteOutside(cluster);
    if (!deletion.succeeded()) {
      console.say(
          "namespace "
              + cluster.namespace()
              + " cannot be deleted: "
              + Kubectl.reason(deletion.err())
              + "; try again with "
              + delete);
      return;
    }
    whenDeleting.run();
    boolean gone =
        console.progress("deleting namespace " + cluster.namespace(), cluster::awaitDeletion);
    if (gone) {
      console.say("namespace " + cluster.namespace() + " deleted");
    } else {
      console.say(
          "namespace "
              + cluster.namespace()
              + " is not deleted yet; see "
              + settings.kubectl("get namespace " + cluster.namespace() + " -o yaml")
              + " for the reason, and try again with "
              + delete);
    }
  }

  private void runScript(LessonCluster cluster) throws InterruptedException {
    Shell.Ended ended =
        settings
            .shell()
            .run(
                cluster.script(SCRIPT),
                LIMIT,
                line -> {
                  console.say(SCRIPT + ": " + line);
                  return false;
                });
    if (!ended.well()) {
      console.say(
          SCRIPT
              + " failed: "
              + (ended.late()
                  ? "timed out after " + LIMIT.toSeconds() + " s"
                  : "exit code " + ended.exitCode()));
    }
  }

  private void deleteOutside(LessonCluster cluster) throws InterruptedException {
    for (String problem : cluster.deleteOutside()) {
      console.say(
          "cannot delete the objects outside the namespace with the label "
              + LessonCluster.LABEL
              + "="
              + cluster.namespace()
              + ": "
              + problem);
    }
  }
}
