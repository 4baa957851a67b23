package io.podlab.probe.answer;

import io.podlab.probe.schedule.Schedule;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is asked by whom, and what is answered. Schedules as in {@link Schedule#ACCEPTED}. */
@ConfigMapping(prefix = "lab.probe")
public interface ProbeConfig {
  /** The liveness probe's schedule: of the training's image, ten seconds of health. */
  @WithDefault("ok:10s,fail")
  @WithConverter(Converters.OfSchedule.class)
  Schedule liveness();

  /** The readiness probe's schedule. */
  @WithDefault("ok")
  @WithConverter(Converters.OfSchedule.class)
  Schedule readiness();

  /** The startup probe's schedule. */
  @WithDefault("ok")
  @WithConverter(Converters.OfSchedule.class)
  Schedule startup();

  /** A schedule of the tcp port's own; without it the port follows the liveness probe. */
  Optional<@WithConverter(Converters.OfSchedule.class) Schedule> tcp();

  /**
   * How long a prober is kept waiting that is to hang, from 1ms to 10m; one with more patience is
   * answered.
   */
  @WithDefault("60s")
  @WithConverter(Converters.OfHangTime.class)
  Duration hang();

  /** The folder of the files {@code healthy}, {@code ready} and {@code started}. */
  @WithDefault("/tmp")
  Path files();

  /** {@code off}: no schedule can be changed over HTTP. */
  @WithDefault("on")
  @WithConverter(Converters.OfControl.class)
  Control control();

  /** Where else than at {@code QUARKUS_HTTP_PORT} it listens. */
  Listen listen();

  /**
   * Ports from 0 to 65535, 0 for any that is free, on the address of the HTTP port. Default 9090
   * and 7070; any that is free if {@code QUARKUS_HTTP_PORT} is 0.
   */
  interface Listen {
    Optional<@WithConverter(Converters.OfPort.class) Integer> grpc();

    Optional<@WithConverter(Converters.OfPort.class) Integer> tcp();
  }

  /** Whether schedules can be changed over HTTP. */
  enum Control {
    ON,
    OFF
  }
}
