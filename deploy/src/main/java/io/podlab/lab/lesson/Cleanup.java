package io.podlab.lab.lesson;

import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import java.time.Duration;

/** Removes what a play has made on the cluster. */
record Cleanup(PlaySettings settings, Console console) {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SCRIPT = "cleanup.sh";

  void run(LessonCluster cluster, Runnable whenDeleting) throws Exception {
    if (cluster.workspace().has(SCRIPT)) {
      settings
          .shell()
          .run(
              cluster.script(SCRIPT),
              LIMIT,
              line -> {
                console.say(SCRIPT + ": " + line);
                return false;
              });
    }
    String delete = "`kubectl delete namespace " + cluster.namespace() + "`";
    if (settings.keep()) {
      cluster.deleteOutside();
      console.say("namespace " + cluster.namespace() + " stays; delete it with " + delete);
      return;
    }
    Command.Result deletion = cluster.beginDeletion();
    cluster.deleteOutside();
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
    if (!gone) {
      console.say(
          "namespace "
              + cluster.namespace()
              + " is still there: `kubectl get namespace "
              + cluster.namespace()
              + " -o yaml` says what it waits for, and "
              + delete
              + " deletes it");
    }
  }
}
