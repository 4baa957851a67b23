package io.podlab.config.settings;

/** How much the service says; by the names that Quarkus has. */
public enum LogLevel {
  OFF,
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
