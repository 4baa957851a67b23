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

/** A line at the start, one at a signal, one at the end; the last one also to the kubelet. */
@Singleton
final class Lifecycle {
  private static final Logger LOG = Logger.getLogger(Lifecycle.class);

  /** After all that opens ports, and before all that goes at the end. */
  private static final int LATE = 10_000;

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
    // The JVM's own handlers end the process in the same way, but do not tell why.
    Signals.onStop(this::end);
    uptime.atBegin(
        () ->
            LOG.infof(
                "probes: %s; grpc on %d, tcp on %d%s, files in %s",
                probes.all().stream()
                    .map(probe -> probe.type() + " " + probe.timeline().configured())
                    .collect(Collectors.joining("; ")),
                grpc.port(),
                tcp.port(),
                tcp.hasOwnSchedule() ? " (" + tcp.timeline().configured() + ")" : "",
                files.folder()));
  }

  private void end(String name, int exitCode) {
    if (signal.compareAndSet(null, new Signal(name, uptime.nanos()))) {
      LOG.infof("%s after %s", name, TerminationMessage.seconds(signal.get().at()));
      System.exit(exitCode);
    }
  }

  void end(@Observes @Priority(EARLY) ShutdownEvent ending) {
    if (!uptime.runs()) {
      // It could not start, and has said why.
      return;
    }
    Signal cause =
        Objects.requireNonNullElseGet(signal.get(), () -> new Signal("ended", uptime.nanos()));
    String message = TerminationMessage.of(probes.all(), cause.name(), cause.at());
    LOG.infof("stopped: %s", message);
    TerminationLog.write(message);
  }
}
