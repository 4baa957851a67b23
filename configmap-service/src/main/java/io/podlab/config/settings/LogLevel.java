package io.podlab.config.settings;

/** The log levels, with the names that Quarkus uses. */
public enum LogLevel {
  OFF,
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
