package io.podlab.lab.local;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that mean something with {@code --cluster} only. */
final class ClusterOptions {
  private ClusterOptions() {}

  /** Refuses those that were given, rather than ignore what the user asked for. */
  static void refuseWithout(boolean cluster, Map<String, String> values, CommandSpec spec) {
    values.forEach(
        (option, value) -> {
          if (!cluster && value != null) {
            throw new ParameterException(spec.commandLine(), option + " needs --cluster");
          }
        });
  }
}
