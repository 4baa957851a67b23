package io.podlab.probe.lifecycle;

import io.podlab.kit.signal.Signals;
import io.podlab.kit.start.TerminationLog;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.exec.ProbeFiles;
import io.podlab.probe.grpc.HealthServer;
import io.podlab.probe.tcp.TcpPort;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Logs the start, the signal and the stop, and writes the termination message. */
@Singleton
final class Lifecycle {
  private static final Logger LOG = Logger.getLogger(Lifecycle.class);

  /** After the beans that open ports. */
  private static final int LATE = 10_000;

  /** Before the beans that close ports and remove files. */
  private static final int EARLY = 1;

  private record Signal(String name, long at) {}

  private final Probes probes;
  private final Uptime uptime;
  private final HealthServer grpc;
  private final TcpPort tcp;
  private final ProbeFiles files;
  private final AtomicReference<Signal> signal = new AtomicReference<>();

  @Inject
  Lifecycle(Probes probes, Uptime uptime, HealthServer grpc, TcpPort tcp, ProbeFiles files) {
    this.probes = probes;
    this.uptime = uptime;
    this.grpc = grpc;
    this.tcp = tcp;
    this.files = files;
  }

  void start(@Observes @Priority(LATE) StartupEvent starting) {
    // The JVM's handlers stop the process in the same way, but do not log the signal.
    Signals.onStop(this::end);
    uptime.atBegin(
        () ->
            LOG.infof(
                "probes: %s; grpc on port %d%s, tcp on port %d%s, files for exec in %s",
                probes.all().stream()
                    .map(probe -> probe.type() + " " + probe.timeline().configured())
                    .collect(Collectors.joining("; ")),
                grpc.port(),
                grpc.tlsPort().map(port -> " and with TLS on port " + port).orElse(""),
                tcp.port(),
                tcp.hasOwnSchedule() ? " (" + tcp.timeline().configured() + ")" : "",
                files.folder()));
  }

  private void end(String name, int exitCode) {
    if (signal.compareAndSet(null, new Signal(name, uptime.nanos()))) {
      LOG.infof(
          "received %s %s after the start", name, TerminationMessage.seconds(signal.get().at()));
      System.exit(exitCode);
    }
  }

  void end(@Observes @Priority(EARLY) ShutdownEvent ending) {
    if (!uptime.runs()) {
      // The start failed, and StartFailure has logged the reason.
      return;
    }
    Signal cause =
        Objects.requireNonNullElseGet(signal.get(), () -> new Signal("ended", uptime.nanos()));
    String message = TerminationMessage.of(probes.all(), cause.name(), cause.at());
    LOG.infof("stopped: %s", message);
    TerminationLog.write(message);
  }
}
