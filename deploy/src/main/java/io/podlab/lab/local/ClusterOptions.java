package io.podlab.lab.local;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that need {@code --cluster}. */
final class ClusterOptions {
  private ClusterOptions() {}

  /** Rejects these options without {@code --cluster}, because ignoring them would be a surprise. */
  static void refuseWithout(boolean cluster, Map<String, String> values, CommandSpec spec) {
    values.forEach(
        (option, value) -> {
          if (!cluster && value != null) {
            throw new ParameterException(spec.commandLine(), option + " needs --cluster");
          }
        });
  }
}
