package io.podlab.lab.sbom;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code lab third-party}. */
@Command(
    name = "third-party",
    mixinStandardHelpOptions = true,
    description = {
      "Updates THIRD-PARTY.md, the list of libraries and licenses, after a change of a dependency."
          + " Review the difference and commit it.",
      "",
      "It also writes the SBOM of this program to deploy/target/lab.cdx.json. If a service is not"
          + " built, or its sources have changed, Maven builds it first."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:a build failed", "2:the command line is invalid"})
public final class ThirdPartyCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Console console = Console.system();
    Project project = Project.here();
    project.requireSources("third-party");
    project.build(console, List.of(Service.values()));
    ThirdParty thirdParty;
    try {
      thirdParty = ThirdParty.of(project.root());
    } catch (IllegalArgumentException unknown) {
      throw Failure.failed(unknown.getMessage());
    }
    Path list = ThirdParty.committed(project.root());
    Files.writeString(list, thirdParty.markdown());
    console.print(project.root().relativize(list).toString());
    Path sbom = project.root().resolve("deploy/target/lab.cdx.json");
    Files.writeString(sbom, thirdParty.lab(project.version()).json());
    console.print(project.root().relativize(sbom).toString());
    return 0;
  }
}
