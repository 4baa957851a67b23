package io.podlab.probe.answer;

import io.podlab.probe.schedule.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The default settings, with free ports, and the changes of a test. */
public final class FixedConfig implements ProbeConfig {
  private Schedule liveness = Schedule.parse("ok");
  private Optional<Schedule> tcp = Optional.empty();
  private Duration hang = Duration.ofSeconds(60);
  private int grpcPort;
  private Optional<Integer> grpcTlsPort = Optional.empty();
  private int tcpPort;
  private Path files = Path.of("target/probe-files");

  public FixedConfig withLiveness(String schedule) {
    liveness = Schedule.parse(schedule);
    return this;
  }

  public FixedConfig withTcp(String schedule) {
    tcp = Optional.of(Schedule.parse(schedule));
    return this;
  }

  public FixedConfig withHang(Duration time) {
    hang = time;
    return this;
  }

  public FixedConfig withGrpcPort(int port) {
    grpcPort = port;
    return this;
  }

  public FixedConfig withGrpcTlsPort(int port) {
    grpcTlsPort = Optional.of(port);
    return this;
  }

  public FixedConfig withTcpPort(int port) {
    tcpPort = port;
    return this;
  }

  public FixedConfig withFiles(Path folder) {
    files = folder;
    return this;
  }

  @Override
  public Schedule liveness() {
    return liveness;
  }

  @Override
  public Schedule readiness() {
    return Schedule.parse("ok");
  }

  @Override
  public Schedule startup() {
    return Schedule.parse("ok");
  }

  @Override
  public Optional<Schedule> tcp() {
    return tcp;
  }

  @Override
  public Duration hang() {
    return hang;
  }

  @Override
  public Path files() {
    return files;
  }

  @Override
  public Control control() {
    return Control.ON;
  }

  @Override
  public Listen listen() {
    return new Listen() {
      @Override
      public Optional<Integer> grpc() {
        return Optional.of(grpcPort);
      }

      @Override
      public Optional<Integer> grpcTls() {
        return grpcTlsPort;
      }

      @Override
      public Optional<Integer> tcp() {
        return Optional.of(tcpPort);
      }
    };
  }
}
