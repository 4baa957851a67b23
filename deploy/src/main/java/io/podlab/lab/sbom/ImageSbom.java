package io.podlab.lab.sbom;

import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the SBOM of an image: {@code ImageSbom QUARKUS-SBOM ROOT FILE}. The build of the images
 * compiles and runs this class. ROOT is the root file system that all images share.
 */
final class ImageSbom {
  private static final String PACKAGE = "/opt/podlab/app/";

  private ImageSbom() {}

  public static void main(String... arguments) throws IOException {
    Sbom service = PackagedService.read(Path.of(arguments[0]));
    Files.writeString(Path.of(arguments[2]), of(service, Path.of(arguments[1])).json());
  }

  static Sbom of(Sbom service, Path root) throws IOException {
    Component application = service.subject();
    List<Component> direct = new ArrayList<>(base(root));
    direct.add(
        Component.of("application", "podlab-init", application.version(), Licenses.OF_PODLAB)
            .at("/opt/podlab-init"));
    Component image =
        Component.of(
            "container", "podlab/" + application.name(), application.version(), Licenses.OF_PODLAB);

    List<Component> components = new ArrayList<>(direct);
    service
        .components()
        .forEach(
            component ->
                components.add(component.at(PACKAGE + component.location().orElseThrow())));
    SortedMap<String, Set<String>> dependencies = new TreeMap<>(service.dependencies());
    dependencies.put(
        image.ref(),
        Stream.concat(direct.stream(), Stream.of(application))
            .map(Component::ref)
            .collect(Collectors.toCollection(TreeSet::new)));
    return new Sbom(image, components, dependencies);
  }

  /** The operating system, its packages, and the Java runtime. */
  private static List<Component> base(Path root) throws IOException {
    Properties system = properties(root.resolve("etc/os-release"));
    Properties java = properties(root.resolve("opt/java/release"));
    List<Component> components = new ArrayList<>();
    components.add(
        new Component(
            "operating-system",
            value(system, "ID") + "@" + value(system, "VERSION_ID"),
            Optional.empty(),
            Optional.empty(),
            value(system, "ID"),
            value(system, "VERSION_ID"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    components.add(
        Component.of("platform", "openjdk", value(java, "JAVA_RUNTIME_VERSION"), Licenses.OF_JAVA)
            .suppliedBy(value(java, "IMPLEMENTOR"))
            .at("/opt/java"));
    List<Path> packages;
    try (Stream<Path> files = Files.list(root.resolve("var/lib/dpkg/status.d"))) {
      packages = files.sorted().toList();
    }
    for (Path status : packages) {
      components.add(debianPackage(Files.readAllLines(status), system));
    }
    return components;
  }

  private static Component debianPackage(List<String> status, Properties system) {
    String name = field(status, "Package");
    String version = field(status, "Version");
    String purl =
        "pkg:deb/debian/%s@%s?arch=%s&distro=debian-%s"
            .formatted(
                name,
                URLEncoder.encode(version, StandardCharsets.UTF_8),
                field(status, "Architecture"),
                value(system, "VERSION_ID"));
    return new Component(
        "library",
        purl,
        Optional.of(field(status, "Maintainer").replaceAll(" <.*", "")),
        Optional.empty(),
        name,
        version,
        Optional.of(Licenses.ofDebianPackage(name)),
        Optional.of(purl),
        Optional.empty());
  }

  private static String field(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no field " + name + " in " + status));
  }

  /** A file with lines such as {@code ID=debian} and {@code IMPLEMENTOR="Eclipse Adoptium"}. */
  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static String value(Properties properties, String name) {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " in " + properties);
    }
    return value.replace("\"", "");
  }
}
