package io.podlab.lab.image;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lab images}. */
@CommandLine.Command(
    name = "images",
    mixinStandardHelpOptions = true,
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    description = {
      "Builds the images of the services with podman or docker.",
      "",
      "The images are named docker.io/podlab/<service>:<version>, as the manifests expect. If a"
          + " service is not built, or its sources have changed, Maven builds it first.",
      "",
      "In an offline folder, which --save DIR --with-lessons writes, this command does not build:"
          + " --load loads the archives of the folder."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success: built, and saved, loaded or pushed if requested",
      "1:a build, save, load or push failed",
      "2:the command line is invalid",
      "3:a container engine, the tool that --load needs, or an archive is missing"
    },
    footer = {
      "",
      "Examples:",
      "  lab images --load kind",
      "  lab images --alias-training --load k3s",
      "  lab images --save /media/stick/podlab --with-lessons",
      "  lab images --registry ghcr.io/me --push"
    })
public final class ImagesCommand implements Callable<Integer> {
  private static final int MOST_OF_A_LINE = 60;

  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..*",
      description = "The services to build (default: all).")
  private List<String> titles = List.of();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "podman, docker or a path (default: the first of podman and docker that works).")
  private Optional<String> engine = Optional.empty();

  @Option(
      names = "--registry",
      paramLabel = "R",
      description =
          "The registry of the names R/podlab/<service>, HOST[:PORT][/PATH] (default "
              + Naming.DEFAULT_REGISTRY
              + ").")
  private Optional<String> registry = Optional.empty();

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "The tag (default: the project's version).")
  private Optional<String> tag = Optional.empty();

  @Option(
      names = "--alias-training",
      description = {
        "Add the image names of the training, so that its manifests work unchanged:",
        "quay.io/junkai/demo:1.0, quay.io/junkai/training:liveness and :goproxy-liveness."
      })
  private boolean aliasTraining;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description = "Write one docker archive per image, DIR/<service>.tar.")
  private Optional<Path> save = Optional.empty();

  @Option(
      names = "--with-lessons",
      description =
          "With --save: make DIR an offline folder, for a class without internet. It gets the"
              + " archives in DIR/images, the lessons, the manifests, the services and this"
              + " command.")
  private boolean withLessons;

  @Option(
      names = "--load",
      paramLabel = "CLUSTER",
      converter = Cluster.Converter.class,
      description = "Load the images into a cluster: kind, minikube, k3s or containerd.")
  private Optional<Cluster> load = Optional.empty();

  @Option(
      names = "--cluster-name",
      paramLabel = "NAME",
      description = "The name of the kind cluster or minikube profile (default: that of the tool).")
  private Optional<String> clusterName = Optional.empty();

  @Option(
      names = "--containerd-address",
      paramLabel = "SOCKET",
      defaultValue = "${env:CONTAINERD_ADDRESS:-/run/containerd/containerd.sock}",
      description = "With --load containerd: its socket (default ${DEFAULT-VALUE}).")
  private String containerdAddress;

  @Option(
      names = "--push",
      description = "Push the images to --registry, without the training's names.")
  private boolean push;

  @Option(
      names = "--network",
      paramLabel = "NET",
      description = "The network of the build, as in `podman build --network`.")
  private Optional<String> network = Optional.empty();

  private final Console console;
  private final SearchPath searchPath;
  private final Callable<Project> project;

  public ImagesCommand() {
    this(Console.system(), SearchPath.ofThisProcess(), Project::here);
  }

  ImagesCommand(Console console, SearchPath searchPath, Callable<Project> project) {
    this.console = console;
    this.searchPath = searchPath;
    this.project = project;
  }

  @Override
  public Integer call() throws Exception {
    // Checks everything before the first build, which takes a minute.
    Project project = this.project.call();
    List<Service> services =
        titles.isEmpty()
            ? List.of(Service.values())
            : titles.stream().map(Service::named).distinct().toList();
    if (project.offline()) {
      return loadArchives(
          new OfflineFolder(project.root()), titles.isEmpty() ? List.of() : services);
    }
    if (push && registry.isEmpty()) {
      throw Failure.usage(
          "--push needs --registry, because docker.io/podlab is not yours; use --registry"
              + " HOST[:PORT][/PATH], such as ghcr.io/me");
    }
    if (withLessons && save.isEmpty()) {
      throw Failure.usage("--with-lessons needs --save DIR");
    }
    if (withLessons && (registry.isPresent() || tag.isPresent())) {
      throw Failure.usage(
          "--with-lessons needs the image names of the lessons; leave out --registry and --tag");
    }
    Naming naming =
        new Naming(
            registry.orElse(Naming.DEFAULT_REGISTRY), tag.orElse(project.version()), aliasTraining);
    Optional<Path> loader = load.map(this::loader);
    Engine engine = Engine.find(searchPath, this.engine);

    Optional<OfflineFolder> offline = save.filter(any -> withLessons).map(OfflineFolder::new);
    if (offline.isPresent()) {
      offline.get().create();
    } else if (save.isPresent()) {
      Files.createDirectories(save.get());
    }
    project.build(console, withLessons ? List.of(Service.values()) : services);
    console.say("building with " + engine.program() + " (" + engine.version() + ")");
    for (Service service : services) {
      build(project, engine, naming, service);
    }
    if (offline.isPresent()) {
      Path images = offline.get().images();
      offline
          .get()
          .fill(
              project,
              () -> {
                handOn(project, engine, naming, services, loader, images);
                return null;
              });
    } else if (save.isPresent()) {
      handOn(project, engine, naming, services, loader, save.get());
    } else if (loader.isPresent()) {
      Path temporary = Files.createTempDirectory("podlab-images");
      try {
        handOn(project, engine, naming, services, loader, temporary);
      } finally {
        deleteAll(temporary);
      }
    }
    if (push) {
      for (Service service : services) {
        String name = naming.name(service);
        logged(project, engine.push(name), service, "push", "pushing " + name);
      }
    }
    table(engine, naming, services);
    next(engine, naming, services.get(0));
    return 0;
  }

  /** The whole command in an offline folder. */
  private int loadArchives(OfflineFolder folder, List<Service> services) throws Exception {
    if (load.isEmpty()
        || save.isPresent()
        || push
        || aliasTraining
        || withLessons
        || Stream.of(engine, registry, tag, network).anyMatch(Optional::isPresent)) {
      throw Failure.usage(
          "this folder has no sources, so it can only load its archives: use `sh lab images"
              + " [SERVICE...] --load kind|minikube|k3s|containerd` with, if needed,"
              + " --cluster-name or --containerd-address");
    }
    Path loader = loader(load.get());
    Cluster.Target target = new Cluster.Target(clusterName, containerdAddress);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ARCHIVE", "SIZE"));
    for (Path archive : folder.archives(services)) {
      String doing = "loading " + archive.getFileName() + " into " + load.get().title();
      Command command = load.get().load(loader, target, archive.toAbsolutePath());
      Command.Result result = console.progress(doing, command::run);
      if (!result.succeeded()) {
        throw Failure.failed(
            doing
                + " failed; `"
                + command
                + "` printed:\n"
                + (result.out() + result.err()).strip());
      }
      rows.add(List.of(archive.getFileName().toString(), size(Long.toString(Files.size(archive)))));
    }
    console.table(rows);
    console.say("the images are in the cluster; next: `sh lab play`");
    return 0;
  }

  private Path loader(Cluster cluster) {
    return searchPath
        .find(cluster.program())
        .orElseThrow(
            () ->
                Failure.missing(
                    cluster.program()
                        + " is not on the PATH; --load "
                        + cluster.title()
                        + " needs it"));
  }

  private void build(Project project, Engine engine, Naming naming, Service service)
      throws Exception {
    Command build =
        engine.build(
            project.root().resolve("deploy/images/Containerfile"),
            project.root(),
            service.title(),
            project.version(),
            naming.names(service),
            network);
    logged(project, build, service, "image", "building the image of " + service);
  }

  private void handOn(
      Project project,
      Engine engine,
      Naming naming,
      List<Service> services,
      Optional<Path> loader,
      Path folder)
      throws Exception {
    for (Service service : services) {
      handOn(project, engine, naming, service, loader, folder);
    }
  }

  private void handOn(
      Project project,
      Engine engine,
      Naming naming,
      Service service,
      Optional<Path> loader,
      Path folder)
      throws Exception {
    Path archive = folder.resolve(service.title() + ".tar").toAbsolutePath();
    // podman does not overwrite an archive, and an incomplete archive must not look complete.
    Path torn = folder.resolve(service.title() + ".tar.part").toAbsolutePath();
    Files.deleteIfExists(torn);
    logged(
        project,
        engine.save(naming.names(service), torn),
        service,
        "save",
        "saving the image of " + service);
    Files.move(torn, archive, StandardCopyOption.REPLACE_EXISTING);
    if (loader.isPresent()) {
      Cluster.Target target = new Cluster.Target(clusterName, containerdAddress);
      logged(
          project,
          load.orElseThrow().load(loader.get(), target, archive),
          service,
          "load",
          "loading " + service + " into " + load.orElseThrow().title());
    }
  }

  /** Runs a command with its output in a log file. Its last line becomes the progress detail. */
  private void logged(Project project, Command command, Service service, String what, String doing)
      throws Exception {
    Path log = project.root().resolve("deploy/target/" + what + "-" + service.title() + ".log");
    AtomicReference<String> lastLine = new AtomicReference<>("");
    console.progress(
        doing,
        lastLine::get,
        () -> {
          new LoggedRun(command, log)
              .run(doing + " failed", line -> lastLine.set(shortened(line, lastLine.get())));
          return null;
        });
  }

  private static String shortened(String line, String before) {
    String text = line.strip().replaceAll("\\s+", " ");
    if (text.isEmpty()) {
      return before;
    }
    return text.length() <= MOST_OF_A_LINE ? text : text.substring(0, MOST_OF_A_LINE) + "…";
  }

  private void table(Engine engine, Naming naming, List<Service> services)
      throws InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("IMAGE", "SIZE"));
    for (Service service : services) {
      for (String name : naming.names(service)) {
        rows.add(List.of(name, size(engine.size(name).run().out())));
      }
    }
    console.table(rows);
  }

  /** {@code 122 MB}, in units of 1,000,000 bytes as the engines count. */
  static String size(String bytes) {
    String digits = bytes.strip();
    return digits.matches("\\d{1,18}")
        ? Math.round(Long.parseLong(digits) / 1e6) + " MB"
        : "unknown";
  }

  private void next(Engine engine, Naming naming, Service first) {
    if (load.isPresent()) {
      console.say("the images are in the cluster; next: `deploy/lab up --cluster`");
    } else if (push) {
      console.say("the images are in the registry");
    } else if (withLessons) {
      console.say(
          save.get() + " has everything for a class without internet; see README.txt there");
    } else if (save.isPresent()) {
      console.say(
          "the images are in "
              + save.get()
              + "; next: copy the archives to a node and import them");
    } else {
      console.say(
          "next: `deploy/lab images --load kind|minikube|k3s|containerd`, or `"
              + engine.program().getFileName()
              + " run --rm -p 8080:8080 "
              + naming.name(first)
              + "`");
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
