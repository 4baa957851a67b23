package io.podlab.config.loglevel;

import io.podlab.config.settings.LogLevel;
import jakarta.inject.Singleton;
import java.util.logging.Logger;
import org.jboss.logmanager.Level;

/** Sets the log level of the service's own loggers, {@code io.podlab}, and not of libraries. */
@Singleton
public final class LogLevelSetter {
  private static final org.jboss.logging.Logger LOG =
      org.jboss.logging.Logger.getLogger(LogLevelSetter.class);

  /** A reference, because a logger without one is collected and loses its level. */
  private final Logger logger = Logger.getLogger("io.podlab");

  public void set(LogLevel level) {
    java.util.logging.Level now =
        switch (level) {
          case OFF -> Level.OFF;
          case ERROR -> Level.ERROR;
          case WARN -> Level.WARN;
          case INFO -> Level.INFO;
          case DEBUG -> Level.DEBUG;
          case TRACE -> Level.TRACE;
        };
    if (!now.equals(logger.getLevel())) {
      logger.setLevel(now);
      LOG.infof("the log level is now %s", level);
    }
  }
}
