package io.podlab.probe.answer;

import io.podlab.kit.settings.PortSetting;
import io.podlab.probe.schedule.Schedule;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of the probes. For the syntax of schedules see {@link Schedule}. */
@ConfigMapping(prefix = "lab.probe")
public interface ProbeConfig {
  /** The schedule of the liveness probe. The default is that of the training's image. */
  @WithDefault("ok:10s,fail")
  @WithConverter(Converters.ScheduleConverter.class)
  Schedule liveness();

  /** The schedule of the readiness probe. Default {@code ok}. */
  @WithDefault("ok")
  @WithConverter(Converters.ScheduleConverter.class)
  Schedule readiness();

  /** The schedule of the startup probe. Default {@code ok}. */
  @WithDefault("ok")
  @WithConverter(Converters.ScheduleConverter.class)
  Schedule startup();

  /** The schedule of the TCP port. By default the port follows the liveness probe. */
  Optional<@WithConverter(Converters.ScheduleConverter.class) Schedule> tcp();

  /**
   * The time after which state {@code hang} answers, from 1ms to 10m. A client with a longer
   * timeout gets {@code ok}.
   */
  @WithDefault("60s")
  @WithConverter(Converters.HangTimeConverter.class)
  Duration hang();

  /** The directory for the files {@code healthy}, {@code ready} and {@code started}. */
  @WithDefault("/tmp")
  Path files();

  /** {@code off} rejects all changes over HTTP with 403. */
  @WithDefault("on")
  @WithConverter(Converters.ControlConverter.class)
  Control control();

  /** The ports for gRPC and TCP. */
  Listen listen();

  /**
   * Ports from 0 to 65535 on the address of the HTTP port; 0 means any free port. The defaults are
   * 9090, 9443 and 7070, or any free port if {@code QUARKUS_HTTP_PORT} is 0.
   */
  interface Listen {
    Optional<@WithConverter(PortSetting.class) Integer> grpc();

    /** Only if the service has a certificate; otherwise the service does not start. */
    Optional<@WithConverter(PortSetting.class) Integer> grpcTls();

    Optional<@WithConverter(PortSetting.class) Integer> tcp();
  }

  /** Whether schedules can be changed over HTTP. */
  enum Control {
    ON,
    OFF
  }
}
