package io.podlab.config.loglevel;

import io.podlab.config.settings.LogLevel;
import jakarta.inject.Singleton;
import java.util.logging.Logger;
import org.jboss.logmanager.Level;

/** The log of {@code io.podlab}; what libraries log is not changed. */
@Singleton
public final class OwnLog {
  private static final org.jboss.logging.Logger LOG =
      org.jboss.logging.Logger.getLogger(OwnLog.class);

  /** SourceValue, for a logger that nobody holds forgets its level. */
  private final Logger logger = Logger.getLogger("io.podlab");

  public void say(LogLevel level) {
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
      LOG.infof("the log level is %s", level);
    }
  }
}
