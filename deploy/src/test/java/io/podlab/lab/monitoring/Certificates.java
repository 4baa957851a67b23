package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates certificate authorities with the JDK's keytool. */
final class Certificates {
  private static final String PASSWORD = "changeit";

  private Certificates() {}

  /** Creates a PEM file with a new CA that is valid for these days. */
  static Path endingIn(int days, Path folder) throws Exception {
    String store = folder.resolve("ca-" + days + ".p12").toString();
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-dname",
        "CN=kubernetes",
        "-ext",
        "bc:c=ca:true",
        "-validity",
        "" + days,
        "-keystore",
        store,
        "-storepass",
        PASSWORD);
    String pem =
        keytool("-exportcert", "-rfc", "-alias", "ca", "-keystore", store, "-storepass", PASSWORD);
    return Files.writeString(folder.resolve("ca-" + days + ".crt"), pem);
  }

  private static String keytool(String... arguments) throws InterruptedException {
    Command.Result result =
        Command.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString())
            .with(arguments)
            .run();
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result.out();
  }
}
