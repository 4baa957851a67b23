package io.podlab.demo.accesslog;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps the kubelet's probes out of the access log, whatever path they ask for. The health and
 * metrics endpoints are excluded by path, in {@code application.properties}.
 */
@LoggingFilter(name = "probes")
public final class ProbeFilter implements Filter {
  static final String ACCESS_LOG = "io.quarkus.http.access-log";

  /** The pattern of the access log ends with the quoted User-Agent. */
  private static final String KUBELET = " \"kube-probe/";

  @Override
  public boolean isLoggable(LogRecord line) {
    return !(ACCESS_LOG.equals(line.getLoggerName()) && line.getMessage().contains(KUBELET));
  }
}
