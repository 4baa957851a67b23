package io.podlab.lab.manifest;

import io.podlab.lab.console.Console;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code lab manifests}. */
@Command(
    name = "manifests",
    mixinStandardHelpOptions = true,
    description = {
      "Updates the manifests in deploy/generated, after a change of a service. Review the"
          + " difference and commit it.",
      "",
      "If a service is not built, or its sources have changed, Maven builds it first."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:a build failed", "2:the command line is invalid"})
public final class ManifestsCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Console console = Console.system();
    Project project = Project.here();
    project.requireSources("manifests");
    project.build(console, List.of(Service.values()));
    for (Service service : Service.values()) {
      Path manifest = GeneratedManifest.committed(project.root(), service);
      Files.writeString(manifest, GeneratedManifest.of(project.root(), service));
      console.print(project.root().relativize(manifest).toString());
    }
    return 0;
  }
}
