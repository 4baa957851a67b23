package io.podlab.config.source;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The ways in which a program can read a ConfigMap, or a directory in its place. */
public enum SourceName {
  ARGUMENTS,
  ENVIRONMENT,
  SUBPATH,
  VOLUME,
  DIRECTORY,
  API;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
