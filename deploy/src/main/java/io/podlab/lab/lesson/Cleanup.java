package io.podlab.lab.lesson;

import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import java.time.Duration;

/** Removes what a play has made on the cluster. */
record Cleanup(PlaySettings settings, Console console) {
  private static final Duration LIMIT = Duration.ofSeconds(150);

  /** Longer than it takes, with time to end what is late. */
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
              + " stays, without what the lesson made outside it; delete it with "
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
              + "; "
              + delete
              + " tries again");
      return;
    }
    whenDeleting.run();
    boolean gone =
        console.progress("deleting namespace " + cluster.namespace(), cluster::awaitDeletion);
    if (gone) {
      console.say("namespace " + cluster.namespace() + " is deleted");
    } else {
      console.say(
          "namespace "
              + cluster.namespace()
              + " is still there: "
              + settings.kubectl("get namespace " + cluster.namespace() + " -o yaml")
              + " says what it waits for, and "
              + delete
              + " deletes it");
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
              + " failed: it "
              + (ended.late()
                  ? "did not end within " + LIMIT.toSeconds() + " s"
                  : "ended with exit code " + ended.exitCode()));
    }
  }

  private void deleteOutside(LessonCluster cluster) throws InterruptedException {
    for (String problem : cluster.deleteOutside()) {
      console.say(
          "cannot delete what is labeled "
              + LessonCluster.LABEL
              + "="
              + cluster.namespace()
              + " outside the namespace: "
              + problem);
    }
  }
}
